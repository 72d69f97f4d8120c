"""S16 through its pages: each note behind its wall, a private one for nobody else, and nothing typed lost."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from poukama.cases import access, actions
from poukama.cases.models import Case
from poukama.cases.rules import CloseReason
from poukama.cases.walls import WALLS, Reach, Section
from poukama.staff.rules import Role
from tests.cases.working import begin_note, counted, events, into, make_case, make_colleague, now, opened
from tests.people import make_centre, sign_in

WORDS = "kanarialintu zqkanaria"
OF = {
    "pia": Section.PSYCHOLOGICAL,
    "sini": Section.SOCIAL,
    "hanna": Section.PASTORAL,
    "laine": Section.HEALTH,
    "maija": Section.HEALTH,
    "kaisa": Section.HEALTH,
}
ROLES = {
    "pia": Role.PSYCHOLOGIST,
    "sini": Role.SOCIAL_WORKER,
    "hanna": Role.CHAPLAIN,
    "laine": Role.DOCTOR,
    "maija": Role.MIDWIFE,
    "kaisa": Role.MIDWIFE_COORDINATOR,
}
# The one author of a section's note in the tests of walls.
AUTHOR = {
    Section.PSYCHOLOGICAL: "pia",
    Section.SOCIAL: "sini",
    Section.PASTORAL: "hanna",
    Section.HEALTH: "maija",
}


def browser(member):
    return sign_in(Client(), member)


def tuki(case, *parts):
    return "/".join((f"/s/t/{case.pk}/tuki", *map(str, parts)))


def write(case, member, section, words=WORDS, *, sign=True, **known):
    """A note of a member, begun and signed."""
    asked = section is Section.PASTORAL
    note = begin_note(case, member, section, words, asked=asked, **known)
    if sign:
        actions.sign_note(into(case, member), note=note, **now(member))
    return note


def draft(words="Kirjoitan.", **known):
    return {"words": words, "writer": str(uuid4()), "number": 1, "seen": 0} | known


def reach_of(login, section):
    """What the signed table says while no register may read another."""
    said = WALLS[ROLES[login]][section]
    own = {Section.SOCIAL: "sini", Section.PASTORAL: "hanna"}
    if section in own and login != own[section]:
        return min(said, Reach.KNOWS)
    if section in (Section.PSYCHOLOGICAL, Section.HEALTH) and login in own.values():
        return min(said, Reach.KNOWS)
    return said


# ── Walls ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("section", AUTHOR)
@pytest.mark.parametrize("login", OF)
def test_each_cell_of_the_table_holds_on_the_page_and_against_a_post(house, case, login, section):
    note = write(case, house[AUTHOR[section]], section)
    shown = browser(house[login]).get(tuki(case)).text
    reach = reach_of(login, section)
    assert (WORDS in shown) is (reach >= Reach.READS)
    assert (f"s-{section}" in shown) is (reach >= Reach.KNOWS)
    if login != AUTHOR[section]:
        answer = browser(house[login]).post(tuki(case, note.pk, "lisays"), {"key": uuid4(), "words": "lisää"})
        assert answer.status_code == {Reach.WRITES: 302, Reach.NOTHING: 404}.get(reach, 403)
        begun = browser(house[login]).post(tuki(case), {"key": uuid4(), "section": section})
        assert begun.status_code == (302 if reach is Reach.WRITES else 403)


@pytest.mark.parametrize("section", AUTHOR)
def test_a_private_note_is_read_and_written_by_nobody_but_its_author(house, case, section):
    author = AUTHOR[section]
    note = write(case, house[author], section, private=True)
    for login, member in house.items():
        shown = browser(member).get(tuki(case))
        assert (WORDS in shown.text) is (login == author)
        if login == author:
            continue
        sent = {"key": uuid4(), "words": "lisää"}
        assert browser(member).post(tuki(case, note.pk, "lisays"), sent).status_code in (403, 404)
        saved = browser(member).post(tuki(case, note.pk, "tallenna"), draft(), content_type="application/json")
        assert saved.status_code in (403, 404, 409)
        assert WORDS not in saved.text
        assert WORDS not in browser(member).get(tuki(case, note.pk), follow=True).text


def test_a_draft_is_nobodys_but_its_authors(house, case):
    note = write(case, house["maija"], Section.HEALTH, sign=False)
    for login in ("kaisa", "laine", "pia"):
        other = browser(house[login])
        assert WORDS not in other.get(tuki(case)).text
        assert other.get(tuki(case, note.pk)).status_code == 404
        assert other.post(tuki(case, note.pk), draft()).status_code == 404
    assert access.notes(opened(case, house["maija"]))[0].words == WORDS


def test_who_only_knows_is_told_that_there_is_a_note_and_whose(house, case):
    write(case, house["pia"], Section.PSYCHOLOGICAL)
    shown = browser(house["kaisa"]).get(tuki(case)).text
    assert "merkintä on" in shown
    assert "Pia" in shown


def test_the_doctor_who_joins_as_a_psychologist_too_does_not_read_therapy_notes(house, case, centre):
    write(case, house["pia"], Section.PSYCHOLOGICAL)
    assert WORDS not in browser(house["laine"]).get(tuki(case)).text


def test_a_case_of_another_centre_is_not_there(house, case):
    note = write(case, house["maija"], Section.HEALTH)
    oona = browser(make_colleague(Role.MIDWIFE, make_centre("laakso"), "oona"))
    addresses = [tuki(case), tuki(case, note.pk), tuki(Case(pk=uuid4())), tuki(case, uuid4())]
    assert {oona.get(address).status_code for address in addresses} == {404}
    posts = [tuki(case), tuki(case, note.pk), tuki(case, note.pk, "tallenna"), tuki(case, note.pk, "lisays")]
    assert {oona.post(address, {"key": uuid4()}).status_code for address in posts} == {404}


def test_a_note_of_another_case_is_not_in_this_one(house, case, centre):
    other = make_case(house["maija"], centre)
    note = write(other, house["maija"], Section.HEALTH)
    maija = browser(house["maija"])
    assert maija.get(tuki(case, note.pk)).status_code == 404
    assert maija.post(tuki(case, note.pk, "lisays"), {"key": uuid4(), "words": "x"}).status_code == 404


# ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_note_is_begun_written_signed_and_added_to_without_a_script(house, case, centre):
    pia, key = browser(house["pia"]), uuid4()
    for _ in range(2):
        begun = pia.post(tuki(case), {"key": key, "section": "psychological", "private": "on"})
    assert begun.headers["Location"] == tuki(case, key)
    page = pia.get(tuki(case, key))
    assert "yksityinen" in page.text
    assert pia.post(tuki(case, key), draft(do="save")).headers["Location"] == tuki(case, key)
    signed = draft("Kirjoitan. Valmis.", number=2, seen=1, do="sign")
    for _ in range(2):
        assert pia.post(tuki(case, key), signed).headers["Location"] == tuki(case)
    added = uuid4()
    for _ in range(2):
        pia.post(tuki(case, key, "lisays"), {"key": added, "words": "Täydennys."})
    shown = pia.get(tuki(case)).text
    assert shown.count("Kirjoitan. Valmis.") == 1
    assert shown.count("Täydennys.") == 1
    found = events(centre)
    assert [found.count(event) for event in ("note.begun", "note.signed", "note.added_to")] == [1, 1, 1]
    assert "note.saved" not in found


def test_the_chaplains_talk_leaves_no_words_unless_the_client_asks(house, case):
    hanna, key, asked = browser(house["hanna"]), uuid4(), uuid4()
    hanna.post(tuki(case), {"key": key, "section": "pastoral"})
    assert "<textarea" not in hanna.get(tuki(case, key)).text
    refused = hanna.post(tuki(case, key), draft(WORDS, do="sign"))
    assert refused.status_code == 409
    hanna.post(tuki(case, key), draft("", do="sign"))
    hanna.post(tuki(case), {"key": asked, "section": "pastoral", "asked": "on"})
    hanna.post(tuki(case, asked), draft(WORDS, do="sign"))
    notes = {note.id: note.words for note in access.notes(opened(case, house["hanna"]))}
    assert notes == {key: "", asked: WORDS}


def save(member, case, note, **sent):
    return browser(member).post(tuki(case, note.pk, "tallenna"), draft(**sent), content_type="application/json")


def test_a_script_saves_what_is_typed_and_is_told_the_hour(house, case):
    note = begin_note(case, house["pia"], Section.PSYCHOLOGICAL, "")
    answer = save(house["pia"], case, note)
    assert (answer.status_code, answer.json()) == (200, {"number": 1, "seen": 1, "saved": "03.20"})


def test_of_two_windows_the_second_is_told_and_given_both_texts(house, case):
    pia, note = house["pia"], begin_note(case, house["pia"], Section.PSYCHOLOGICAL, "")
    save(pia, case, note, words="Ensimmäinen.")
    told = save(pia, case, note, words="Toinen.")
    assert told.status_code == 409
    assert (told.json()["kind"], told.json()["theirs"], told.json()["seen"]) == ("elsewhere", "Ensimmäinen.", 1)
    # The same without a script: both stand on the page, and the next press has seen the first.
    page = browser(pia).post(tuki(case, note.pk), draft("Toinen.", do="save"))
    assert page.status_code == 409
    assert "Ensimmäinen." in page.text
    assert "Toinen." in page.text
    assert 'name="seen" value="1"' in page.text


def test_what_comes_after_signing_is_not_lost(house, case):
    note = write(case, house["pia"], Section.PSYCHOLOGICAL)
    late = save(house["pia"], case, note, words="Vielä.")
    assert (late.status_code, late.json()["kind"]) == (409, "signed")
    page = browser(house["pia"]).post(tuki(case, note.pk), draft("Vielä tämä.", do="save"))
    assert (page.status_code, "Vielä tämä." in page.text) == (409, True)
    assert browser(house["pia"]).get(tuki(case, note.pk)).headers["Location"] == tuki(case)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{",
        '{"words": "x"}',
        json.dumps(draft() | {"number": -1}),
        json.dumps(draft() | {"seen": "x"}),
    ],
)
def test_what_cannot_be_read_is_refused_and_changes_nothing(house, case, body):
    note = begin_note(case, house["pia"], Section.PSYCHOLOGICAL, "Alku.")
    answer = browser(house["pia"]).post(tuki(case, note.pk, "tallenna"), body, content_type="application/json")
    assert answer.status_code == 422
    assert access.notes(opened(case, house["pia"]))[0].words == "Alku."


@pytest.mark.parametrize(
    "sent",
    [{}, {"section": "psychological"}, {"key": "x", "section": "psychological"}, {"key": str(uuid4()), "section": "x"}],
)
def test_a_form_that_cannot_be_read_says_so_beside_the_field(house, case, sent):
    answer = browser(house["pia"]).post(tuki(case), sent)
    assert (answer.status_code, "note" in events(case.centre)) == (422, False)


def test_words_that_are_code_are_shown_as_words(house, case):
    words = "<script>alert(1)</script> {{ 7|add:7 }} \u202e"
    write(case, house["pia"], Section.PSYCHOLOGICAL, words)
    shown = browser(house["pia"]).get(tuki(case)).text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7|add:7 }}" in shown


def test_a_draft_too_long_is_refused_beside_the_field_and_kept_on_the_page(house, case):
    note = begin_note(case, house["pia"], Section.PSYCHOLOGICAL, "")
    answer = browser(house["pia"]).post(tuki(case, note.pk), draft("a" * 50_001))
    assert (answer.status_code, "a" * 50_001 in answer.text) == (422, True)


def test_an_empty_addition_is_refused_beside_its_field(house, case):
    note = write(case, house["pia"], Section.PSYCHOLOGICAL)
    answer = browser(house["pia"]).post(tuki(case, note.pk, "lisays"), {"key": uuid4(), "words": " "})
    assert answer.status_code == 422
    assert f'id="{note.pk.hex}_words_error"' in answer.text


def test_a_closed_case_takes_no_note_and_keeps_what_was_typed(house, case):
    note = begin_note(case, house["maija"], Section.HEALTH, "")
    actions.close(into(case, house["maija"]), reason=CloseReason.ALL_DONE, **now(house["maija"]))
    maija = browser(house["maija"])
    assert "Kirjoita merkintä" not in maija.get(tuki(case)).text
    refused = maija.post(tuki(case, note.pk), draft("Myöhässä."))
    assert (refused.status_code, "Myöhässä." in refused.text) == (409, True)


def test_the_page_takes_as_many_queries_with_many_notes_as_with_few(house, case):
    maija = browser(house["maija"])
    maija.get(tuki(case))
    write(case, house["maija"], Section.HEALTH)
    few = counted(lambda: maija.get(tuki(case)))
    for _ in range(4):
        note = write(case, house["maija"], Section.HEALTH)
        actions.add_addendum(into(case, house["maija"]), note=note, words="x", key=uuid4(), **now(house["maija"]))
    assert counted(lambda: maija.get(tuki(case))) == few <= 32
