"""S18 through its pages: the duty by age, the client told first, buttons that say why they are off."""

from shutil import copytree
from uuid import uuid4

import pytest
from django.test import Client

from poukama.cases import access as cases
from poukama.cases import actions as verbs
from poukama.cases.models import Case
from poukama.cases.rules import CloseReason
from poukama.centres.actions import load_pack
from poukama.centres.files import read_files
from poukama.centres.pack import read_pack
from poukama.clients import access as clients
from poukama.clients.consents import Answer
from poukama.config.settings import ROOT
from poukama.gate.rules import INSTALLATION, OPERATOR
from poukama.legal import access
from poukama.legal.rules import act_for
from poukama.staff.rules import Role
from tests.cases.working import AT, counted, events, into, make_colleague, now, opened
from tests.legal.conftest import GROWN, begin, ground, say_age
from tests.people import make_centre, sign_in

LAW = {"law": "keksitty laki", "reason": "keksitty syy", "ends": "2026-11-24"}
TOLD = {"told": "told", "told_on": "2026-11-24", "told_at": "03.20", "how": "in_person"}
SENT = {"means": "phone", "sent_on": "2026-11-24", "sent_at": "03.20", "proof": "numero"}


def browser(member):
    return sign_in(Client(), member)


def page(case, *parts):
    return "/".join((f"/s/t/{case.pk}/ilmoitukset", *map(str, parts)))


def press(member, case, notice, do, *, seen=1, **sent):
    """A button of a notice's page, with what stands in its fields."""
    given = {"key": uuid4(), "whom": "asema", "words": "mitä kerrotaan", "seen": seen, "do": do} | sent
    return browser(member).post(page(case, notice.pk), given)


def test_the_duty_is_explained_by_age_and_says_what_comes_next(case, sini, young):
    shown = browser(sini).get(page(case)).text
    assert "Alle 18-vuotiaasta" in shown
    assert shown.count("Kerro ensin asiakkaalle") == 2


def test_of_age_the_client_decides(case, sini, maija):
    say_age(case, maija, GROWN)
    shown = browser(sini).get(page(case)).text
    assert "Asiakas päättää" in shown
    assert "Kerro ensin asiakkaalle" not in shown


def test_a_setting_that_nobody_has_approved_is_shown_as_an_example(case, sini, young, tmp_path):
    folder = copytree(ROOT / "centres" / "satama", tmp_path / "satama")
    text = (folder / "centre.toml").read_text()
    duty = 'source = "child_welfare_act"\nreview_by = 2027-11-30'
    text = text.replace(duty, f"{duty}\nexample = true")
    text = text.replace('"police", "child_welfare"]', '"harbour_master", "police"]')
    (folder / "centre.toml").write_text(text)
    load_pack(INSTALLATION, pack=read_pack(folder), files=read_files(folder), by=OPERATOR, at=AT)
    shown = browser(sini).get(page(case)).text
    assert "esimerkki, ei hyväksytty" in shown
    # Somebody whom we have no word for is named as the pack names them, and may be written to.
    assert "Harbour master" in shown
    begun = browser(sini).post(page(case), {"key": uuid4(), "recipient": "harbour_master"})
    assert browser(sini).get(begun.headers["Location"]).status_code == 200
    browser(sini).post(page(case, "tehtavat"))
    assert len(cases.tasks(opened(case, sini))) == 2


def test_tasks_are_made_of_the_duty_once(case, sini, young):
    for _ in range(2):
        browser(sini).post(page(case, "tehtavat"))
    assert len(cases.tasks(opened(case, sini))) == 2
    assert "Tee näistä tehtävät" not in browser(sini).get(page(case)).text


def test_from_the_first_word_to_sent(case, sini, young):
    key = uuid4()
    for _ in range(2):
        begun = browser(sini).post(page(case), {"key": key, "recipient": "police"})
    notice = access.notice(into(case, sini), key)
    assert begun.headers["Location"] == page(case, key)
    off = browser(sini).get(page(case, key)).text
    assert 'value="send" disabled' in off
    assert "Nimeä ensin peruste" in off
    assert press(sini, case, notice, "ground", seen=0, **LAW, **TOLD).status_code == 302
    ready = browser(sini).get(page(case, key)).text
    assert 'value="send" disabled' not in ready
    sent = {"key": uuid4(), **SENT}
    for _ in range(2):
        press(sini, case, notice, "send", **sent)
    shown = browser(sini).get(page(case)).text
    assert "keksitty laki" in shown
    assert "Ilmoitus lähetetty" in shown
    assert events(case.centre).count("notice.sent") == 1
    assert "numero" in browser(sini).get(page(case, key)).text


def test_it_is_not_sent_before_the_client_is_told_whatever_is_posted(case, sini, young):
    notice = begin(case, sini)
    refused = press(sini, case, notice, "send", **SENT)
    assert (refused.status_code, "keksitty" in refused.text) == (422, False)
    ground(case, sini, notice, telling=None)
    refused = press(sini, case, notice, "send", **SENT)
    assert refused.status_code == 422
    assert "Asiasta kerrotaan asiakkaalle ensin" in refused.text
    assert press(sini, case, notice, "told", **TOLD).status_code == 302
    assert press(sini, case, notice, "send", **SENT).status_code == 302


def test_the_client_is_asked_and_their_answer_is_in_the_ledger(case, sini, maija):
    client = say_age(case, maija, GROWN)
    notice = begin(case, sini)
    assert "Saammeko kertoa" in browser(sini).get(page(case, notice.pk)).text
    press(sini, case, notice, "answer", answer="no")
    refused = press(sini, case, notice, "send", **SENT)
    assert refused.status_code == 422
    press(sini, case, notice, "answer", answer="yes")
    held = clients.ledger(client, **now(sini)).newest[act_for("police")]
    assert (held.answer, held.wording.code) == (Answer.YES, "notice")
    assert press(sini, case, notice, "send", **SENT).headers["Location"] == page(case)


@pytest.mark.parametrize(
    ("do", "sent", "field"),
    [
        ("ground", LAW | {"told": "told", "told_on": "2026-11-24", "told_at": "03.20"}, "how"),
        ("ground", LAW | {"told": "told", "how": "in_person"}, "told_at"),
        ("ground", LAW | TOLD | {"told_at": "03.40"}, "told_at"),
        ("ground", LAW | {"told": "untold", "untold": " "}, "untold"),
        ("ground", TOLD | {"law": "", "reason": "", "ends": "x"}, "law"),
        ("send", SENT | {"sent_at": "25.00"}, "sent_at"),
        ("send", SENT | {"sent_on": "2026-11-25"}, "sent_at"),
        ("told", TOLD | {"told_at": ""}, "told_at"),
        ("answer", {"answer": "maybe"}, "answer"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(case, sini, maija, do, sent, field):
    say_age(case, maija, GROWN)
    notice = begin(case, sini)
    if do in ("told", "send"):
        ground(case, sini, notice, **({"telling": None} if do == "told" else {}))
    answer = press(sini, case, notice, do, words="tämä pysyy", **sent)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    assert "tämä pysyy" in answer.text


def test_two_who_write_at_once_see_both_texts(case, sini, house):
    notice = begin(case, sini)
    answer = press(house["maija"], case, notice, "save", seen=0, words="toisen sanat")
    assert answer.status_code == 422
    assert "what is told" in answer.text
    assert "toisen sanat" in answer.text


def test_what_is_typed_after_it_was_sent_is_given_back(case, sini):
    notice = begin(case, sini)
    ground(case, sini, notice)
    press(sini, case, notice, "send", **SENT, words="what is told", whom="a station")
    late = press(sini, case, notice, "save", words="vielä tämä")
    assert (late.status_code, "vielä tämä" in late.text) == (409, True)


def test_numbers_that_are_none_change_nothing(case, sini):
    notice = begin(case, sini)
    assert press(sini, case, notice, "save", seen="x").status_code == 422
    assert browser(sini).post(page(case), {"key": uuid4(), "recipient": "the king"}).status_code == 422


# ── Walls ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_behind_the_wall_there_is_no_page_and_no_tab(case, house, sini):
    notice = begin(case, sini)
    hanna = browser(house["hanna"])
    for address in (page(case), page(case, notice.pk)):
        assert hanna.get(address).status_code == 403
        assert hanna.post(address, {"key": uuid4(), "recipient": "police"}).status_code == 403
    assert hanna.post(page(case, "tehtavat")).status_code == 403
    assert page(case) not in hanna.get(f"/s/t/{case.pk}/tuki").text


def test_who_may_read_reads_and_is_refused_every_button(case, house, sini):
    notice = begin(case, sini)
    pia = browser(house["pia"])
    shown = pia.get(page(case, notice.pk)).text
    assert "what is told" in shown
    assert 'name="do"' not in shown
    assert "Kirjoita ilmoitus" not in pia.get(page(case)).text
    assert pia.post(page(case), {"key": uuid4(), "recipient": "police"}).status_code == 403
    assert pia.post(page(case, "tehtavat")).status_code == 403
    for do in ("save", "answer", "ground", "told", "send"):
        assert press(house["pia"], case, notice, do, answer="yes", **LAW, **TOLD, **SENT).status_code == 403


def test_a_closed_case_says_so(case, maija):
    notice = begin(case, maija)
    verbs.close(into(case, maija), reason=CloseReason.ALL_DONE, **now(maija))
    answer = press(maija, case, notice, "answer", answer="yes", words="tämä pysyy")
    assert (answer.status_code, "tämä pysyy" in answer.text) == (422, True)
    assert browser(maija).post(page(case, "tehtavat")).status_code == 302
    assert "consent.answered" not in events(case.centre)


def test_another_centres_notices_are_not_there(case, sini):
    notice = begin(case, sini)
    oona = browser(make_colleague(Role.MIDWIFE, make_centre("laakso"), "oona"))
    for address in (page(case), page(case, notice.pk), page(Case(pk=uuid4()))):
        assert oona.get(address).status_code == 404
        assert oona.post(address, {"key": uuid4()}).status_code == 404


def test_the_page_takes_as_many_queries_with_many_notices_as_with_few(case, sini, young):
    maker = browser(sini)
    ground(case, sini, begin(case, sini))
    maker.get(page(case))
    few = counted(lambda: maker.get(page(case)))
    for _ in range(4):
        ground(case, sini, begin(case, sini))
    assert counted(lambda: maker.get(page(case))) == few <= 60
