"""The client's own part of a record: each thing on a small page of its own, saved by itself, and nothing undone."""

import datetime as dt
from uuid import uuid4

import pytest

from poukama.cases import actions
from poukama.cases.rules import CloseReason
from poukama.centres.actions import found
from poukama.clients import actions as clients
from poukama.clients.identity import Gender, IdentifierKind
from poukama.clients.masks import HIDDEN
from poukama.clients.reach import Answering, Channel
from poukama.clients.rules import Closeness, Examiner, Guardians, Relation, Support, Wish
from poukama.doors.known import Age
from poukama.gate.rules import INSTALLATION, OPERATOR
from poukama.staff.rules import Role
from tests.cases.night import join, make_night
from tests.cases.pages import TOLD, Pages, plain, record_of
from tests.cases.working import AT, counted, events, into, make_colleague
from tests.clients.saying import make_hetu
from tests.factories import at
from tests.people import make_centre

pytestmark = pytest.mark.usefixtures("plain_static", "at_night")
WHO, WHERE, WAY, WISHES, GUARDIANS, CLOSE, RELATION, SHUT = (
    f"{TOLD}/{name}"
    for name in ("henkilo", "osoite", "yhteys", "toiveet", "huoltajat", "laheinen", "suhde", "suljettu")
)
EVERY = (WHO, WHERE, WAY, WISHES, GUARDIANS, CLOSE, RELATION, SHUT)
CALL = {"channel": "call", "address": "040 000 0000", "days": ["Mo", "Tu"], "begins": "14", "ends": "15"}
STREET = "Kanarianlinnuntie 3"


@pytest.fixture
def pages(case, maija) -> Pages:
    return Pages(case, maija)


def record(pages):
    return record_of(pages.case, pages.member)


@pytest.mark.parametrize("name", EVERY)
def test_every_page_has_one_form_and_one_primary_button(pages, name):
    shown = pages.get(name)
    assert shown.status_code == 200
    assert shown.text.count("button primary") == 1


@pytest.mark.parametrize("name", EVERY)
def test_every_page_asks_as_many_queries_whatever_is_known(pages, centre, maija, name):
    pages.get(name)
    night = Pages(make_night(centre, maija), maija)
    assert counted(lambda: night.get(name)) == counted(lambda: pages.get(name))


# ── Who it is ────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_it_is_grows_and_the_rest_stays(pages):
    assert pages.post(WHO, **{"initial-called": "Aino", "called": "Aino", "name": "Aino Virta"}).status_code == 303
    assert pages.post(WHO, **{"initial-called": "Aino", "called": "Aino", "born": "1990-02-01"}).status_code == 303
    identity = record(pages).head.identity
    assert (identity.called, identity.name, identity.born) == ("Aino", "Aino Virta", dt.date(1990, 2, 1))
    assert "Nimi Aino Virta Syntymäaika 1.2.1990 Ikä 36" in plain(pages.get())


def test_two_who_change_different_things_at_once_do_not_undo_each_other(pages):
    stood = {"initial-called": "Aino", "initial-name": "", "called": "Aino"}
    pages.post(WHO, **stood, name="Aino Virta")
    pages.post(WHO, **stood, name="", gender_words="hän", gender="own_words")
    identity = record(pages).head.identity
    assert (identity.name, identity.gender, identity.gender_words) == ("Aino Virta", Gender.OWN_WORDS, "hän")


def test_nobody_has_to_be_anybody(pages):
    stood = {"initial-called": "Aino", "called": ""}
    assert pages.post(WHO, **stood).status_code == 303
    assert record(pages).head.identity.called == ""


def test_an_identity_code_is_read_and_says_no_gender_and_no_age_by_itself(pages):
    assert pages.post(WHO, kind="official", identifier=make_hetu().lower(), called="Aino").status_code == 303
    identity = record(pages).head.identity
    assert (identity.kind, identity.identifier) == (IdentifierKind.OFFICIAL, make_hetu())
    assert (identity.gender, record(pages).head.age) == (Gender.NOT_ASKED, Age())


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("131052-308U", "Viimeinen merkki ei sovi muihin."),
        ("1310", "yksitoista merkkiä"),
        ("320152-3085", "Tällaista syntymäaikaa ei ole"),
        (make_hetu(individual="903"), "väliaikainen"),
    ],
)
def test_a_code_that_is_none_is_answered_beside_its_field(pages, code, words):
    sent = pages.post(WHO, kind="official", identifier=code, name="Aino Virta")
    assert sent.status_code == 422
    assert words in plain(sent)
    assert 'value="Aino Virta"' in sent.text
    assert record(pages).head.identity.kind is IdentifierKind.NONE


def test_a_practice_version_takes_only_made_up_codes(pages, monkeypatch):
    monkeypatch.setattr("poukama.cases.person.practice", lambda: True)
    found(INSTALLATION, practice=True, by=OPERATOR, at=AT)
    assert "keksittyjä" in plain(pages.post(WHO, kind="official", identifier=make_hetu()))
    assert pages.post(WHO, kind="official", identifier=make_hetu(individual="903")).status_code == 303


def test_a_code_that_the_form_lets_through_and_the_record_does_not_is_answered_too(pages, monkeypatch):
    monkeypatch.setattr("poukama.cases.person.practice", lambda: True)
    sent = pages.post(WHO, kind="official", identifier=make_hetu(individual="903"))
    assert (sent.status_code, 'aria-invalid="true"' in sent.text) == (422, True)


def test_a_temporary_identifier_is_ours_where_none_is_given(pages):
    pages.post(WHO, kind="temporary")
    head = record(pages).head
    assert head.identity.identifier == head.code


@pytest.mark.parametrize(
    "typed",
    [{"born": "eilen"}, {"born": "2030-01-01"}, {"age_least": "18", "age_most": "17"}, {"language": "klingon"}],
)
def test_what_cannot_be_is_answered_with_all_else_kept(pages, typed):
    sent = pages.post(WHO, name="Aino Virta", **typed)
    assert (sent.status_code, 'value="Aino Virta"' in sent.text) == (422, True)
    assert record(pages).head.identity.name == ""


def test_what_is_hostile_is_shown_as_text(pages):
    pages.post(WHO, name="<b>Aino</b>\u202e\0", gender_words="{{ 1 }}")
    text = pages.get().text
    assert "&lt;b&gt;Aino&lt;/b&gt;" in text
    assert "{{ 1 }}" in text


# ── Where they live ──────────────────────────────────────────────────────────────────────────────────────────


def test_whoever_is_protected_is_masked_on_the_page_and_shown_only_where_it_is_changed(pages):
    assert pages.post(WHERE, address=STREET, municipality="Satama", shielded="on").status_code == 303
    told = pages.get()
    assert STREET not in told.text
    assert HIDDEN in told.text
    assert "Näytä ja muuta" in told.text
    assert STREET in pages.get(WHERE).text
    assert "client.whereabouts_read" in events(pages.case.centre)


def test_a_change_of_who_it_is_does_not_write_the_mask_over_the_address(pages):
    pages.post(WHERE, address=STREET, shielded="on")
    pages.post(WHO, name="Aino Virta")
    assert STREET in pages.get(WHERE).text


def test_a_role_that_may_not_see_where_they_live_does_not(pages):
    pages.post(WHERE, address=STREET, shielded="on")
    (pia,) = join(pages.case, pages.member, Role.PSYCHOLOGIST)
    other = Pages(pages.case, pia)
    assert STREET not in other.get().text
    assert other.get(WHERE).status_code == other.post(WHERE, address="x").status_code == 403


# ── Ways ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_way_is_opened_changed_closed_and_opened_again(pages):
    assert pages.post(WAY, **CALL, answering="named", who_answers="sisko", code_word="lokki").status_code == 303
    (way,) = record(pages).head.ways
    assert (way.channel, way.open, way.answering, way.code_word) == (Channel.CALL, True, Answering.NAMED, "lokki")
    assert "Puhelu 040 000 0000 ma, ti 14–15" in plain(pages.get())

    assert 'value="14.00"' in pages.get(f"{WAY}/{way.key}").text
    pages.post(f"{WAY}/{way.key}", **{**CALL, "ends": "16.30"})
    assert "ma, ti 14–16.30" in plain(pages.get())

    assert pages.post(f"{WAY}/{way.key}/sulje").status_code == 303
    page = plain(pages.get())
    assert "Puhelu 040 000 0000 suljettu" in page
    assert "Mikään yhteystapa ei ole auki." in page

    pages.post(f"{WAY}/{way.key}", **CALL)
    assert [each.open for each in record(pages).head.ways] == [True]


def test_a_way_that_ends_says_its_last_day_and_is_closed_after_it(pages, monkeypatch):
    pages.post(WAY, **CALL, expires="2026-11-30")
    assert "ma 30.11.2026 asti" in plain(pages.get())
    monkeypatch.setattr("poukama.core.clock.now", lambda: at("2026-12-01T14:30"))
    page = plain(pages.get())
    assert "Aika, jolle asiakas avasi tämän tavan, on päättynyt." in page or "päättyn" in page
    assert "Mikään yhteystapa ei ole auki." in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"address": " "}, "address"),
        ({"days": []}, "days"),
        ({"begins": "25"}, "begins"),
        ({"ends": "14"}, "ends"),
        ({"channel": "pigeon"}, "channel"),
        ({"expires": "2026-11-20"}, "expires"),
    ],
)
def test_a_way_that_could_not_be_used_is_answered_beside_its_field(pages, typed, field):
    sent = pages.post(WAY, **{**CALL, "code_word": "lokki", **typed})
    assert sent.status_code == 422
    assert f'id="id_{field}_error"' in sent.text
    assert 'value="lokki"' in sent.text
    assert record(pages).head.ways == ()


def test_a_way_sent_twice_is_one(pages):
    key = str(uuid4())
    for _ in range(2):
        assert pages.post(WAY, **CALL, key=key).status_code == 303
    assert len(record(pages).head.ways) == 1


def test_a_way_that_is_closed_under_no_key_is_closed(pages):
    pages.post(WAY, **CALL)
    (way,) = record(pages).head.ways
    assert pages.browser.post(pages.address(f"{WAY}/{way.key}/sulje"), {"key": "x"}).status_code == 303
    assert not record(pages).head.ways[0].open


def test_a_way_or_a_person_that_is_not_this_clients_does_not_exist(pages):
    for name in (WAY, CLOSE):
        assert pages.get(f"{name}/{uuid4()}").status_code == 404
    assert pages.post(f"{WAY}/{uuid4()}/sulje").status_code == 404


# ── Wishes and whoever may see ───────────────────────────────────────────────────────────────────────────────


def test_wishes_are_taken_down_as_far_as_they_are_said(pages):
    stood = {"initial-examiner": "not_asked", "initial-interpreter": "not_asked"}
    pages.post(WISHES, **stood, examiner="woman", interpreter="wished", interpreter_language="so", avoid="hiljaa")
    pages.post(WISHES, **stood, examiner="not_asked", interpreter="not_asked", breaks="nostaa käden")
    wishes = record(pages).wishes
    assert (wishes.examiner, wishes.interpreter, wishes.interpreter_language) == (Examiner.WOMAN, Wish.WISHED, "so")
    assert (wishes.avoid, wishes.breaks) == ("hiljaa", "nostaa käden")
    page = plain(pages.get())
    assert "Tulkki Kyllä, kiitos: somali" in page
    assert "Ei koskaan sukulainen, ystävä eikä lapsi." in plain(pages.get(WISHES))


def test_a_guardians_value_is_one_of_the_four(pages):
    assert pages.post(GUARDIANS, guardians="capable_forbids").status_code == 303
    assert record(pages).guardians is Guardians.CAPABLE_FORBIDS
    assert "ei näytetä huoltajille" in plain(pages.get())
    assert pages.post(GUARDIANS, guardians="5").status_code == 422


# ── Close people, and whoever did it ─────────────────────────────────────────────────────────────────────────


def test_somebody_close_has_a_small_record_of_their_own_support(pages):
    pages.post(CLOSE, closeness="sibling", name="Outi", number="040 000 0001", knows="kaiken", support="offered")
    (person,) = record(pages).close_people
    assert (person.closeness, person.support) == (Closeness.SIBLING, Support.OFFERED)
    page = plain(pages.get())
    assert "Outi" in page
    assert "Oma tuki: Tarjottu" in page
    pages.post(f"{CLOSE}/{person.key}", closeness="sibling", name="Outi", support="given", support_words="puhelu")
    assert record(pages).close_people[0].support is Support.GIVEN
    pages.post(f"{CLOSE}/{person.key}", closeness="sibling", gone="on")
    assert record(pages).close_people == ()


def test_a_relation_is_a_code_and_own_words(pages):
    assert pages.post(RELATION, relation="acquaintance", own_words="tuttu töistä").status_code == 303
    told = record(pages).told
    assert (told.relation, told.own_words) == (Relation.ACQUAINTANCE, "tuttu töistä")
    assert "”tuttu töistä”" in plain(pages.get())
    assert pages.post(RELATION, relation="name of somebody").status_code == 422


# ── For whom the record does not exist ───────────────────────────────────────────────────────────────────────


def test_a_member_is_shut_out_and_let_in_again(pages, centre):
    (outi,) = join(pages.case, pages.member, Role.DOCTOR)
    other = Pages(pages.case, outi)
    assert other.get().status_code == 200
    for _ in range(2):
        assert pages.post(SHUT, member=str(outi.pk)).status_code in (303, 422)
    assert other.get().status_code == 404
    assert "Doctor" in plain(pages.get())
    assert pages.browser.post(pages.address(SHUT), {"again": str(outi.pk)}).status_code == 303
    assert other.get().status_code == 200
    assert record(pages).shut_out == ()


@pytest.mark.parametrize("member", ["", "x", "0", "99999999999999999999"])
def test_nobody_else_is_shut_out_or_let_in(pages, member):
    assert pages.post(SHUT, member=member).status_code == 422
    assert pages.browser.post(pages.address(SHUT), {"again": member}).status_code == 403


def test_nobody_shuts_themselves_out(pages, maija):
    assert pages.post(SHUT, member=str(maija.pk)).status_code == 422


# ── Everywhere ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_way_is_closed_at_once_also_after_the_case_was(pages, acting):
    pages.post(WAY, **CALL)
    (way,) = record(pages).head.ways
    actions.close(into(pages.case, pages.member), reason=CloseReason.ALL_DONE, **acting)
    assert f"{WAY}/{way.key}/sulje" in pages.get().text
    assert pages.post(f"{WAY}/{way.key}/sulje").status_code == 303
    assert not record(pages).head.ways[0].open
    assert f"{WAY}/{way.key}/sulje" not in pages.get().text


def test_a_closed_case_takes_nothing(pages, acting):
    actions.close(into(pages.case, pages.member), reason=CloseReason.ALL_DONE, **acting)
    sent = pages.post(WHO, name="Aino Virta")
    assert sent.status_code == 422
    assert "Asiakkuus on päätetty." in plain(sent)
    assert 'value="Aino Virta"' in sent.text
    assert pages.browser.post(pages.address(SHUT), {"again": "1"}).status_code == 403
    assert "Muuta" not in plain(pages.get())
    assert record(pages).head.identity.name == ""


@pytest.mark.parametrize("name", [*EVERY, f"{WAY}/{uuid4()}", f"{CLOSE}/{uuid4()}", f"{WAY}/{uuid4()}/sulje"])
def test_another_centres_case_does_not_exist(pages, name):
    other = Pages(pages.case, make_colleague(Role.MIDWIFE, make_centre("laakso"), "oona"))
    assert other.post(name).status_code == 404
    if "sulje" not in name or name == SHUT:
        assert other.get(name).status_code == 404


@pytest.mark.parametrize("name", EVERY)
def test_whoever_is_not_let_in_is_led_to_the_glass(pages, centre, name):
    other = Pages(pages.case, make_colleague(Role.MIDWIFE, centre, "ilona"))
    assert other.get(name).headers["Location"] == f"/s/t/{pages.case.pk}/lasi"
    assert other.post(name, name="x").headers["Location"] == f"/s/t/{pages.case.pk}/lasi"


def test_a_case_that_is_closed_while_a_form_is_on_its_way_takes_nothing_and_keeps_what_was_typed(
    pages, acting, monkeypatch
):
    case, maija = pages.case, pages.member
    keep = clients.add_to_wishes

    def late(*given, **known):
        actions.close(into(case, maija), reason=CloseReason.ALL_DONE, **acting)
        return keep(*given, **known)

    monkeypatch.setattr(clients, "add_to_wishes", late)
    answer = pages.post(
        WISHES, examiner="not_asked", interpreter="not_asked", support_person="not_asked", other="kissa"
    )
    assert answer.status_code == 422
    assert "kissa" in answer.text
    assert "Asiakkuus on päätetty." in plain(answer)
