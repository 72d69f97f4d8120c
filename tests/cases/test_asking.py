"""Consents: each act by itself, many in one go, and a withdrawal that says at once what stops and what has left."""

import re
from uuid import uuid4

import pytest

from poukama.cases import access, actions
from poukama.cases.rules import Arising, CloseReason, EntryKind, Title
from poukama.cases.walls import Section
from poukama.clients import actions as clients
from poukama.clients.consents import Act, Answer, Given, Purpose, Recipient
from poukama.clients.held import asked_at
from poukama.staff.rules import Role
from tests.cases.night import join, make_night
from tests.cases.pages import CONSENTS, TOLD, Pages, client_of, ledger_of, plain
from tests.cases.working import AT, MINUTE, counted, into, make_case, make_colleague, opened
from tests.clients.saying import make_ground
from tests.people import make_centre

pytestmark = pytest.mark.usefixtures("plain_static", "at_night")
POLICE = Act(Purpose.RELEASE, Recipient.POLICE)
SUPPORT = Act(Purpose.REFERRAL, Recipient.SUPPORT_SERVICE)
SIX = {**dict.fromkeys(("examination", "mouth", "skin", "photographs", "storage"), "yes"), "release": "not_now"}
COPY, RELEASE = f"{CONSENTS}/tuloste", f"{CONSENTS}/release"


@pytest.fixture
def pages(case, maija) -> Pages:
    return Pages(case, maija)


def answers(pages):
    """The answer that holds for each act, by the code under which the centre asks."""
    newest = ledger_of(pages.case, pages.member).newest
    return {each.code: newest[each.act].answer for each in asked_at(pages.case) if each.act in newest}


def say(pages, **said):
    """Answers in one go: what stood on the page is sent along, as a browser does."""
    key, more = str(uuid4()), {name: said.pop(name) for name in tuple(said) if name not in CODES}
    standing = answers(pages)
    was = {f"initial-answer_{code}": str(standing.get(code, Answer.NOT_ASKED)) for code in CODES}
    typed = {f"answer_{code}": answer for code, answer in said.items()}
    return pages.post(CONSENTS, **{"key": key, "given": "spoken", "capacity": "decides", **was, **typed, **more})


CODES = (
    *("examination", "mouth", "skin", "nails", "body", "urine", "blood", "clothes", "photographs", "storage"),
    *("testing", "release", "statement", "referral", "support_service", "contact", "statistics", "research", "linking"),
)


def tasks(pages):
    return access.tasks(opened(pages.case, pages.member))


# ── What is seen ─────────────────────────────────────────────────────────────────────────────────────────────


def test_every_act_has_a_row_and_nothing_has_been_asked(pages):
    text = pages.get(CONSENTS).text
    assert re.findall(r'id="act-(\w+)"', text) == list(CODES)
    assert text.count('value="not_asked" id="id_answer_') == len(CODES)
    assert "Saammeko antaa näytteesi poliisille?" in text


def test_the_words_are_the_clients_language_and_say_that_nobody_has_reviewed_them(centre, maija):
    page = Pages(make_night(centre, maija), maija).get(CONSENTS)
    assert '<small lang="sv">Får vi ge dina prov till polisen?' in page.text
    assert "Luettavat sanat: ruotsi, versio 1, luonnos, kukaan ei ole tarkistanut. Ne ovat esimerkki." in plain(page)


def test_a_centre_without_words_says_so():
    laakso = make_centre("laakso")
    oona = make_colleague(Role.MIDWIFE, laakso, "oona")
    page = Pages(make_case(oona, laakso), oona)
    assert "Tällä keskuksella ei ole vielä sanoja" in plain(page.get(CONSENTS))
    assert "Vielä ei ole kysytty mitään" in plain(page.get(COPY))


def test_the_page_takes_as_many_queries_full_as_empty(pages):
    pages.get(CONSENTS)
    empty = counted(lambda: pages.get(CONSENTS))
    say(pages, **SIX)
    assert counted(lambda: pages.get(CONSENTS)) == empty


def test_a_full_page_is_light(pages):
    say(pages, **dict.fromkeys(CODES, "no"), interpreter_name="Irina")
    assert len(pages.get(CONSENTS).content) <= 60_000
    assert len(pages.get(RELEASE).content) <= 60_000


# ── Answering ────────────────────────────────────────────────────────────────────────────────────────────────


def test_six_answers_are_given_in_one_go_one_of_them_not_yet(pages):
    sent = say(pages, **SIX, given="signed", interpreter_name="Irina")
    assert sent.status_code == 303
    assert answers(pages) == {code: Answer(answer) for code, answer in SIX.items()}
    entry = ledger_of(pages.case, pages.member).newest[POLICE]
    assert (entry.given, entry.interpreter, entry.interpreter_name) == (Given.SIGNED, True, "Irina")
    assert (entry.wording.code, entry.wording.version, entry.wording.language) == ("release", "1", "fi")
    page = plain(pages.get(f"{CONSENTS}?tallennettu"))
    assert "Tallennettu." in page
    assert "Ei nyt klo 03.20 · Allekirjoitettu · tulkki Irina" in page


def test_only_what_was_changed_is_taken_down(pages):
    say(pages, **SIX)
    say(pages, **{**SIX, "nails": "no"})
    assert len(ledger_of(pages.case, pages.member).entries) == 7


def test_nothing_has_to_be_answered(pages):
    assert say(pages).status_code == 303
    assert answers(pages) == {}


def test_a_form_sent_twice_is_answered_once(pages):
    key = str(uuid4())
    for _ in range(2):
        assert say(pages, mouth="yes", key=key).status_code == 303
    assert len(ledger_of(pages.case, pages.member).entries) == 1


def test_somebody_who_cannot_decide_says_no_or_not_now_and_what_was_typed_is_kept(pages):
    sent = say(pages, mouth="yes", skin="no", capacity="not_now", interpreter_name="Irina")
    assert sent.status_code == 422
    assert "Päätöskyky" in plain(sent)
    assert 'value="Irina"' in sent.text
    assert answers(pages) == {}
    assert say(pages, mouth="not_now", skin="no", capacity="not_now").status_code == 303


@pytest.mark.parametrize("typed", [{"mouth": "perhaps"}, {"given": "sung"}, {"capacity": "x"}, {"key": "x"}])
def test_a_bad_value_is_answered_and_nothing_is_taken_down(pages, typed):
    assert say(pages, **{"skin": "yes", **typed}).status_code == 422
    assert answers(pages) == {}


def test_a_client_can_change_an_answer_after_the_case_was_closed(pages, acting):
    say(pages, storage="yes", release="yes")
    actions.close(into(pages.case, pages.member), reason=CloseReason.ALL_DONE, **acting)
    assert "Tallenna" in plain(pages.get(CONSENTS))
    assert say(pages, storage="yes", release="no").status_code == 303
    assert answers(pages)["release"] is Answer.NO
    assert pages.post(RELEASE, answer="yes").status_code == 303
    assert answers(pages)["release"] is Answer.YES


# ── One act ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_act_has_its_words_its_history_and_an_end(pages):
    assert pages.post(RELEASE, answer="yes", ends="2026-11-30", own_words="joo", given="spoken").status_code == 303
    pages.post(RELEASE, answer="no")
    page = plain(pages.get(f"{RELEASE}?tallennettu"))
    assert "Tallennettu." in page
    assert page.index("Ei klo 03.20") < page.index("Kyllä klo 03.20")
    assert "”joo”" in page
    assert "Sanat: suomi, versio 1, luonnos, kukaan ei ole tarkistanut" in page


def test_a_yes_that_has_ended_is_no_yes(pages, monkeypatch):
    pages.post(RELEASE, answer="yes", ends="2026-11-24")
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT + 24 * 60 * MINUTE)
    page = plain(pages.get(RELEASE))
    assert "Kyllä , päättynyt" in page or "Kyllä, päättynyt" in page
    assert "on päättynyt. Kysy" in page
    assert 'value="not_asked" id="id_answer_release_3" checked' in pages.get(CONSENTS).text.replace(" required", "")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "answer"),
        ({"answer": "yes", "capacity": "not_now"}, "capacity"),
        ({"answer": "yes", "ends": "2026-11-20"}, "ends"),
        ({"answer": "yes", "ends": "pian"}, "ends"),
    ],
)
def test_a_bad_answer_is_answered_beside_its_field(pages, typed, field):
    sent = pages.post(RELEASE, own_words="säilyy", **typed)
    assert (sent.status_code, f'id="id_{field}_error"' in sent.text, "säilyy" in sent.text) == (422, True, True)
    assert answers(pages) == {}


@pytest.mark.parametrize("code", ["nothing", "release2"])
def test_an_act_that_the_centre_does_not_ask_does_not_exist(pages, code):
    name = f"{CONSENTS}/{code}"
    assert pages.get(name).status_code == pages.post(name, answer="yes").status_code == 404
    assert pages.post(f"{name}/luovuta", what="x").status_code == 404


# ── What leaves ──────────────────────────────────────────────────────────────────────────────────────────────


def test_what_may_not_leave_has_a_button_that_says_why(pages):
    page = pages.get(RELEASE)
    assert 'aria-disabled="true" aria-describedby="why-not"' in page.text
    assert "Asiakkaalta ei ole kysytty tätä." in plain(page)
    say(pages, release="not_now")
    assert "Asiakas sanoo: ei nyt." in plain(pages.get(RELEASE))
    refused = pages.post(f"{RELEASE}/luovuta", what="Näytteet 1–4")
    assert refused.status_code == 422
    assert "Asiakas sanoo: ei nyt." in plain(refused)
    assert ledger_of(pages.case, pages.member).left == ()


def test_what_the_client_allows_is_handed_over_and_stands_in_the_ledger(pages):
    say(pages, release="yes")
    key = str(uuid4())
    for _ in range(2):
        assert pages.post(f"{RELEASE}/luovuta", what="Näytteet 1–4, ylikonstaapeli Aalto", key=key).status_code == 303
    (left,) = ledger_of(pages.case, pages.member).left
    assert left.act == POLICE
    assert "On jo luovutettu: ti 24.11. klo 03.20 Näytteet 1–4, ylikonstaapeli Aalto" in plain(pages.get(CONSENTS))


def test_what_stays_at_the_centre_has_nothing_to_hand_over(pages):
    assert "Luovuttaminen" not in plain(pages.get(f"{CONSENTS}/mouth"))


def test_nothing_is_handed_over_without_words(pages):
    say(pages, release="yes")
    assert pages.post(f"{RELEASE}/luovuta", what=" ").status_code == 422
    assert ledger_of(pages.case, pages.member).left == ()


def test_what_was_consented_to_is_handed_over_after_the_case_was_closed_and_nothing_else(pages, acting):
    say(pages, release="yes")
    actions.close(into(pages.case, pages.member), reason=CloseReason.ALL_DONE, **acting)
    assert pages.post(f"{RELEASE}/luovuta", what="Näytteet").status_code == 303
    pages.post(RELEASE, answer="no")
    assert pages.post(f"{RELEASE}/luovuta", what="Lisää").status_code == 422
    assert [each.what for each in ledger_of(pages.case, pages.member).left] == ["Näytteet"]


def test_a_legal_ground_is_named_on_the_page_and_opens_what_it_is_for(pages, acting):
    clients.name_ground(client_of(pages.case, pages.member), ground=make_ground(POLICE, law="Laki 1 §"), **acting)
    page = plain(pages.get(RELEASE))
    assert "Perustuu lakiin: Laki 1 §" in page
    assert pages.post(f"{RELEASE}/luovuta", what="Näytteet").status_code == 303


# ── Withdrawing ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_withdrawal_says_what_stops_and_what_has_left_and_makes_a_task(pages, monkeypatch):
    say(pages, release="yes")
    pages.post(f"{RELEASE}/luovuta", what="Näytteet 1–4")
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT + MINUTE)
    assert tasks(pages) == ()
    key = str(uuid4())
    for _ in range(2):
        assert say(pages, release="no", key=key).status_code == 303
    page = plain(pages.get(CONSENTS))
    assert "Keskeytyy nyt: Näytteet poliisille" in page
    assert "On jo luovutettu: ti 24.11. klo 03.20 Näytteet 1–4" in page
    (task,) = tasks(pages)
    assert (task.title, task.arising, task.words) == (Title.STOP_AND_RECALL, Arising.CONSENT, "Näytteet poliisille")
    assert task.turn is Role.MIDWIFE_COORDINATOR
    assert "Asiakas sanoo ei." in plain(pages.get(RELEASE))


def test_a_no_that_stops_nothing_makes_no_task(pages):
    say(pages, release="no", mouth="not_now")
    assert tasks(pages) == ()
    assert "Keskeytyy" not in plain(pages.get(CONSENTS))


def test_a_withdrawal_whose_task_fails_is_not_taken_down(pages, monkeypatch):
    say(pages, release="yes")

    def full(*args: object, **known: object) -> None:
        raise OSError

    monkeypatch.setattr("poukama.cases.writing.add", full)
    pages.browser.raise_request_exception = False
    assert say(pages, release="no").status_code == 500
    assert answers(pages)["release"] is Answer.YES


def test_what_stands_in_the_ledger_and_is_not_asked_here_is_shown(pages, acting):
    other = Act(Purpose.REFERRAL, Recipient.SHELTER, "harbour_house")
    clients.name_ground(client_of(pages.case, pages.member), ground=make_ground(other), **acting)
    assert "Ohjaaminen toiseen palveluun: Turvakoti (harbour house)" in plain(pages.get(CONSENTS))


# ── In the timeline ──────────────────────────────────────────────────────────────────────────────────────────


def lines(pages):
    found = access.timeline(opened(pages.case, pages.member))
    return [line for line in found if line.kind is EntryKind.CONSENTS]


def test_what_was_asked_is_one_line_of_the_timeline_and_not_what_was_said(pages):
    say(pages, mouth="yes", release="no")
    (line,) = lines(pages)
    assert line.words == "Näytteet suusta, Näytteet poliisille"
    assert (line.name, line.section, line.at) == ("Maija", Section.LEGAL, AT)
    pages.post(RELEASE, answer="not_now")
    assert sorted(str(line.words) for line in lines(pages)) == [
        "Näytteet poliisille",
        "Näytteet suusta, Näytteet poliisille",
    ]
    page = plain(pages.browser.get(f"/s/t/{pages.case.pk}"))
    assert "Suostumuskysymyksiin vastattu. Näytteet suusta, Näytteet poliisille" in page


def test_a_form_that_is_sent_again_or_answers_nothing_adds_no_line(pages):
    key = str(uuid4())
    for _ in range(2):
        say(pages, mouth="yes", key=key)
    assert len(lines(pages)) == 1
    say(pages)
    assert len(lines(pages)) == 1


def test_the_timeline_of_a_closed_case_does_not_grow(pages, acting):
    actions.close(into(pages.case, pages.member), reason=CloseReason.ALL_DONE, **acting)
    assert say(pages, mouth="yes").status_code == 303
    assert lines(pages) == []


def test_the_line_stands_behind_the_wall_of_the_legal_section(pages, hanna):
    say(pages, mouth="yes")
    (pia,) = join(pages.case, pages.member, Role.PSYCHOLOGIST)
    seen = {member: access.timeline(opened(pages.case, member)) for member in (pia, hanna)}
    assert [line.words for line in seen[pia] if line.kind is EntryKind.CONSENTS] == ["Näytteet suusta"]
    assert [line for line in seen[hanna] if line.kind is EntryKind.CONSENTS] == []
    assert "Näytteet suusta" not in Pages(pages.case, hanna).browser.get(f"/s/t/{pages.case.pk}").text


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_whoever_reads_and_does_not_write_sees_no_form_and_is_refused(pages):
    say(pages, release="not_now")
    (pia,) = join(pages.case, pages.member, Role.PSYCHOLOGIST)
    other = Pages(pages.case, pia)
    page = other.get(CONSENTS)
    assert "Ei nyt" in plain(page)
    assert "<form" not in page.text
    assert "button primary" not in other.get(RELEASE).text
    assert other.post(CONSENTS, answer_mouth="yes").status_code == 403
    assert other.post(RELEASE, answer="yes").status_code == 403
    assert other.post(f"{RELEASE}/luovuta", what="x").status_code == 403


def test_the_chaplain_has_no_such_page(pages, hanna):
    other = Pages(pages.case, hanna)
    for name in (CONSENTS, RELEASE, COPY):
        assert other.get(name).status_code == 403
    assert "Suostumukset" not in other.get(TOLD).text
    assert other.post(CONSENTS).status_code == 403


@pytest.mark.parametrize("name", [CONSENTS, RELEASE, COPY])
def test_another_centres_case_does_not_exist(pages, name):
    other = Pages(pages.case, make_colleague(Role.MIDWIFE, make_centre("laakso"), "oona"))
    assert other.get(name).status_code == 404
    if name != COPY:
        assert other.post(name, answer="yes").status_code == 404
    assert other.post(f"{RELEASE}/luovuta", what="x").status_code == 404
