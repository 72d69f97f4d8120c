"""Told already: each thing with its source, told and corrected where it stands, and nothing lost on the way."""

from uuid import uuid4

import pytest

from poukama.cases import access, actions
from poukama.cases.rules import CloseReason
from poukama.cases.told import Said, Telling, Topic, standing, time_code
from poukama.protocols.rules import Interval
from poukama.staff.rules import Role
from tests.cases.night import correct, make_night
from tests.cases.pages import TOLD, Pages, plain
from tests.cases.working import AT, HOUR, counted, events, into, make_colleague, now, opened, tell
from tests.factories import at
from tests.people import make_centre

pytestmark = pytest.mark.usefixtures("plain_static", "at_night")


@pytest.fixture
def pages(case, maija) -> Pages:
    return Pages(case, maija)


@pytest.fixture
def night(centre, maija) -> Pages:
    return Pages(make_night(centre, maija), maija)


def facts(pages, topic):
    """What stands on a topic."""
    return standing(access.facts(opened(pages.case, pages.member)).picture, topic)


# ── What is seen ─────────────────────────────────────────────────────────────────────────────────────────────


def test_whatever_has_not_been_told_says_so_and_nothing_says_not_to_ask(pages):
    page = plain(pages.get())
    assert "Ei vielä kerrottu: Milloin se tapahtui" in page
    assert "älä kysy uudelleen" not in page
    assert "Mikään yhteystapa ei ole auki." in page


def test_each_thing_told_has_its_source(night):
    page = plain(night.get())
    assert "Milloin se tapahtui ma 23.11. klo 20.20–23.20 yhteydenotto, Maija klo 02.20" in page
    assert "Mukana sisarus Maija klo 03.20" in page
    assert "Ilmoitus poliisille ei ole vielä päättänyt" in page


def test_what_the_client_said_of_themselves_stands_beside_it(night):
    page = plain(night.get())
    assert "Puhelu 040 000 0000 ma–pe 14–15 · ei viestiä" in page
    assert "Kuka tutkii Mieluiten nainen" in page
    assert "Vältettävät sanat ja asiat Selitä ensin" in page


def test_the_hours_of_a_safe_way_are_words_at_the_top_too(night):
    text = night.get().text
    assert "Puhelu, ma–pe 14–15, ei viestiä" in plain(night.get())
    assert "Mo,Tu" not in text


def test_a_correction_keeps_the_old_below_it(night):
    correct(night.case, night.member, Topic.INJURIES, Telling(Topic.INJURIES, words="polvi", own_words=True))
    correct(night.case, night.member, Topic.INJURIES, Telling(Topic.INJURIES, Said.UNKNOWN))
    page = plain(night.get())
    assert "aiemmin: ei (yhteydenotto, Maija klo 02.20)" in page
    assert "”polvi”" in page


def test_two_accounts_stand_side_by_side(night):
    tell(night.case, night.member, Telling(Topic.SAFE_NOW, Said.NO))
    page = plain(night.get())
    assert "Turvassa nyt kertomukset eroavat kyllä yhteydenotto, Maija klo 02.20" in page
    assert "ei Maija klo 03.20" in page


def test_the_clients_own_words_are_a_quotation_and_others_are_not(pages):
    tell(pages.case, pages.member, Telling(Topic.ACCOUNT, words="oli kylmä", own_words=True))
    tell(pages.case, pages.member, Telling(Topic.THREATS, words="ei tarkempaa"))
    page = plain(pages.get())
    assert "”oli kylmä”" in page
    assert "”ei tarkempaa”" not in page


def test_nobody_is_named_in_the_title_or_the_address(night):
    text = night.get().text
    assert "Aino" not in text[: text.index("</head>")]


def test_the_page_takes_as_many_queries_full_as_empty(pages, centre, maija):
    pages.get()
    empty = counted(pages.get)
    full = Pages(make_night(centre, maija), maija)
    for _ in range(3):
        tell(full.case, maija, Telling(Topic.SAFE_NOW, Said.NO))
    assert counted(full.get) == empty


def test_a_full_page_is_light(night):
    for topic in Topic:
        night.tell(topic, words="sanoin " * 40, own_words="on")
    assert len(night.get().content) <= 60_000


# ── A minor ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_while_the_age_is_not_known_the_duty_says_to_ask_it(pages):
    page = plain(pages.get())
    assert "Poliisi: Kysy ikä alle 18-vuotias; Lastensuojelulaki" in page
    assert "Alaikäisen huoltajat ei vielä päätetty" in page


def test_with_a_minor_the_client_is_told_first(centre, maija):
    page = plain(Pages(make_night(centre, maija, born=at("2009-11-24T00:00").date()), maija).get())
    assert "Lastensuojelu: Kerro ensin asiakkaalle" in page
    assert "Asiakas kuulee ensin, kenelle ilmoitamme ja mitä sanomme." in page


def test_with_an_adult_there_is_no_duty_and_guardians_are_not_asked_about(centre, maija):
    page = plain(Pages(make_night(centre, maija, born=at("1990-01-01T00:00").date()), maija).get())
    assert "Poliisi:" not in page
    assert "huoltajat" not in page


# ── Telling ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_form_of_a_topic_opens_where_the_topic_stands(pages):
    text = pages.get(f"{TOLD}?topic=neck").text
    assert 'id="tell"' in text
    assert text.count("button primary") == 1
    assert "button primary" not in pages.get().text


@pytest.mark.parametrize("topic", ["injuries", "time", "municipality"])
def test_no_field_of_a_topic_says_that_it_may_be_left_empty_for_nearly_all_may(pages, topic):
    assert "(jos on)" not in plain(pages.get(f"{TOLD}?topic={topic}"))


def test_something_is_told_and_shown(pages):
    sent = pages.tell("since_then", codes=["ate", "drank"], words="kahvia", own_words="on")
    assert (sent.status_code, sent.headers["Location"]) == (
        303,
        f"/s/t/{pages.case.pk}/kerrottu?kerrottu=since_then#since_then",
    )
    (fact,) = facts(pages, Topic.SINCE_THEN)
    assert fact.telling == Telling(Topic.SINCE_THEN, Said.TOLD, frozenset({"ate", "drank"}), "kahvia", own_words=True)
    assert "Tallennettu." in plain(pages.get(f"{TOLD}?kerrottu=since_then"))


@pytest.mark.parametrize("said", ["yes", "no", "unknown", "unsaid"])
def test_an_answer_alone_is_enough(pages, said):
    assert pages.tell("neck", said=said).status_code == 303
    (fact,) = facts(pages, Topic.NECK)
    assert fact.telling == Telling(Topic.NECK, Said(said))


def test_a_choice_says_more_than_a_yes(pages):
    pages.tell("signs", said="yes", codes=["bleeding"])
    assert facts(pages, Topic.SIGNS)[0].telling.said is Said.TOLD


def test_a_time_is_told_as_a_range(pages):
    day = {"earliest_0": "2026-11-23", "earliest_1": "20", "latest_0": "2026-11-23", "latest_1": "23.30"}
    assert pages.tell("time", **day).status_code == 303
    code = time_code(Interval(at("2026-11-23T20:00"), at("2026-11-23T23:30")))
    assert facts(pages, Topic.TIME)[0].telling.codes == frozenset({code})
    assert opened(pages.case, pages.member).case.event_latest == at("2026-11-23T23:30")


def test_one_end_of_a_time_may_be_open_and_a_time_may_be_words(pages):
    assert pages.tell("time", latest_0="2026-11-23", latest_1="23").status_code == 303
    assert "ma 23.11. klo 23.00 tai aiemmin" in plain(pages.get())
    assert pages.tell("time", words="joskus illalla").status_code == 303
    assert pages.tell("time", earliest_0="2026-11-23", earliest_1="18").status_code == 303
    assert "ma 23.11. klo 18.00 tai myöhemmin" in plain(pages.get())


def test_a_municipality_is_one_of_the_packs_or_none_of_them(pages):
    assert pages.tell("municipality", place="ulkosaaret").status_code == 303
    assert pages.tell("municipality", place="abroad").status_code == 303
    page = plain(pages.get())
    assert "Ulkosaaret" in page
    assert "ulkomailla" in page


def test_who_could_open_the_records_is_asked_in_its_own_place(pages):
    text = pages.get(f"{TOLD}?topic=record_seen_by").text
    assert text.count('id="tell"') == 1
    assert pages.tell("record_seen_by", codes=["partner"]).status_code == 303
    assert "Kuka voisi avata asiakkaan tietoja kumppani" in plain(pages.get())


# ── Correcting ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("topic", "stands"),
    [
        (Topic.INJURIES, 'value="no" id="id_said_2" checked'),
        (Topic.WANTS, 'value="care" id="id_codes_0" checked'),
        (Topic.TIME, 'value="20.20"'),
    ],
)
def test_the_form_that_corrects_holds_what_was_told(night, topic, stands):
    (fact,) = facts(night, topic)
    text = night.get(f"{TOLD}?topic={topic}&fact={fact.id}").text
    assert stands in text.replace(" required", "")
    assert "Aiemmin kerrottu jää tämän alle." in text


def test_a_municipality_is_corrected_from_what_was_told(night):
    night.tell("municipality", place="satama")
    (fact,) = facts(night, Topic.MUNICIPALITY)
    text = night.get(f"{TOLD}?topic=municipality&fact={fact.id}").text
    assert '<option value="satama" selected>' in text


def test_a_fact_is_corrected(night):
    (old,) = facts(night, Topic.INJURIES)
    assert night.tell("injuries", corrects=str(old.id), said="yes").status_code == 303
    (new,) = facts(night, Topic.INJURIES)
    assert (new.telling.said, new.telling.corrects) == (Said.YES, old.id)
    assert "fact.corrected" in events(night.case.centre)


def test_a_correction_of_another_topic_or_of_nothing_is_not_made(night):
    (old,) = facts(night, Topic.INJURIES)
    assert night.get(f"{TOLD}?topic=neck&fact={old.id}").status_code == 404
    assert night.get(f"{TOLD}?topic=neck&fact={uuid4()}").status_code == 404
    assert night.tell("neck", corrects=str(uuid4()), said="yes").status_code == 404
    crossed = night.tell("neck", corrects=str(old.id), said="yes")
    assert crossed.status_code == 422
    assert "Korjauksen on koskettava samaa asiaa" in plain(crossed)


# ── Bad input ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("topic", "typed", "words"),
    [
        ("neck", {}, "Valitse vastaus tai kirjoita, mitä kerrottiin."),
        ("neck", {"own_words": "on", "said": "no"}, "Kirjoita, mitä asiakas sanoi, tai poista lainausmerkintä."),
        ("signs", {"codes": ["bleeding"], "said": "no"}, "Vastaus ei sovi tähän."),
        ("signs", {"codes": ["made_up"]}, "made_up"),
        ("time", {"latest_0": "2026-11-25", "latest_1": "8"}, "Aika ei voi pitää paikkaansa"),
        ("time", {"latest_0": "2026-11-23"}, "Kirjoita kellonaika muodossa"),
        ("time", {"latest_1": "8"}, "Kirjoita päivä ja kellonaika."),
        ("time", {"latest_0": "eilen", "latest_1": "8"}, "Kirjoita päivä ja kellonaika."),
        ("municipality", {"place": "nowhere"}, "nowhere"),
    ],
)
def test_a_bad_value_is_answered_beside_its_field_with_all_else_kept(pages, topic, typed, words):
    before = events(pages.case.centre).count("case.told")
    sent = (
        pages.tell(topic, words="" if "own_words" in typed else "kirjoitin tämän", **typed)
        if typed
        else (pages.tell(topic))
    )
    page = plain(sent)
    assert sent.status_code == 422
    assert words in page
    assert "kohta" in page
    if typed and "own_words" not in typed:
        assert "kirjoitin tämän" in page
    assert events(pages.case.centre).count("case.told") == before


@pytest.mark.parametrize("topic", ["", "nothing", "neck'--", "../tiimi"])
def test_a_topic_that_is_none_does_not_exist(pages, topic):
    assert pages.tell(topic, said="yes").status_code == 404


def test_what_is_hostile_is_kept_as_it_is_and_shown_as_text(pages):
    hostile = "<script>alert(1)</script> \u202e'; drop table"
    assert pages.tell("account", words=hostile + "\0", own_words="on").status_code == 303
    text = pages.get().text
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_words_without_end_are_refused_whole(pages):
    assert pages.tell("account", words="a" * 20_001).status_code == 422


def test_a_form_sent_twice_is_told_once(pages):
    key = str(uuid4())
    for _ in range(2):
        assert pages.tell("neck", said="yes", key=key).status_code == 303
    assert len(facts(pages, Topic.NECK)) == 1


def test_a_form_without_its_key_is_asked_again(pages):
    assert pages.browser.post(f"{pages.address(TOLD)}?topic=neck", {"said": "yes"}).status_code == 422


def test_a_closed_case_takes_nothing_and_keeps_what_was_typed(pages, acting):
    actions.close(into(pages.case, pages.member), reason=CloseReason.ALL_DONE, **acting)
    assert 'id="tell"' not in pages.get(f"{TOLD}?topic=neck").text
    sent = pages.tell("neck", words="polvi")
    assert sent.status_code == 422
    assert "Asiakkuus on päätetty." in plain(sent)
    assert "polvi" in sent.text


def test_two_who_tell_at_once_are_both_heard(pages, centre, acting):
    outi = make_colleague(Role.MIDWIFE, centre, "outi")
    actions.join_team(into(pages.case, pages.member), member=outi, role=Role.MIDWIFE, key=uuid4(), **acting)
    other = Pages(pages.case, outi)
    pages.tell("neck", said="yes")
    other.tell("neck", said="no")
    assert {fact.telling.said for fact in facts(pages, Topic.NECK)} == {Said.YES, Said.NO}


def test_another_centres_case_does_not_exist(pages):
    oona = make_colleague(Role.MIDWIFE, make_centre("laakso"), "oona")
    other = Pages(pages.case, oona)
    assert other.get().status_code == other.tell("neck", said="yes").status_code == 404


def test_time_goes_on_between_the_page_and_its_answer(night, monkeypatch):
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT + 30 * HOUR)
    assert "yhteydenotto, Maija ti 24.11. klo 02.20" in plain(night.get())
    assert now(night.member)["at"] == AT
