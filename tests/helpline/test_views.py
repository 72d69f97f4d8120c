"""The desk between calls, what is read and printed, and paper; all without a script."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from poukama.roster.rules import Duty
from poukama.staff.rules import Role
from tests.helpline.browser import DESK, Browser, first, stop_clock
from tests.helpline.night import MINUTE, NIGHT, Desk
from tests.people import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
PAGES = (DESK, f"{DESK}/lomake", f"{DESK}/myohemmin")


@pytest.fixture
def desk(monkeypatch):
    stop_clock(monkeypatch, NIGHT)
    return Desk()


@pytest.fixture
def maija(desk):
    return Browser(desk.maija)


SHEETS = [("fi", "Turvassa juuri nyt?"), ("sv", "Trygg just nu?"), ("en", "neck?")]


def title(html):
    return first(r"<title>(.*?)</title>", html)


# ── Between calls ────────────────────────────────────────────────────────────────────────────────────────────


def test_an_empty_desk_is_calm(maija):
    html = maija.open()
    assert "Soittoja ei ole luvattu. Kukaan ei odota." in html
    assert "Ketään ei ole tulossa." in html
    assert "On ollut hiljaista: ei yhteydenottoja 24 tuntiin." in html


def test_a_contact_begins_with_one_press_and_its_clock_runs(maija):
    assert 'data-key="n"' in maija.open()
    maija.open(maija.begin())
    assert f'data-since="{NIGHT.astimezone(dt.UTC):%Y-%m-%dT%H:%M}' in maija.html
    assert "00.00</output>" in maija.html


def test_the_same_press_sent_three_times_is_one_contact(maija):
    record = str(uuid4())
    addresses = {maija.begin(contact=record) for _ in range(3)}
    assert addresses == {f"{DESK}/{record}"}
    assert maija.open().count("sinä kirjoitat") == 1


def test_a_time_that_the_browser_kept_is_believed_for_a_day(maija):
    early = (NIGHT - dt.timedelta(hours=2)).isoformat()
    assert "klo 00.14 alkaen" in _listed(maija, maija.begin(began=early))
    assert "klo 02.14 alkaen" in _listed(maija, maija.begin(began=(NIGHT + MINUTE).isoformat()))


def _listed(browser, address):
    html = browser.open()
    return html[html.index(f'href="{address}"') :][:200]


def test_the_list_has_a_heading_for_each_date_of_the_night(maija, monkeypatch):
    for moment in (NIGHT - dt.timedelta(hours=4), NIGHT):
        stop_clock(monkeypatch, moment)
        maija.press(maija.begin(), "end")
    html = maija.open()
    assert [html.index(day) for day in ('rowgroup" colspan="7">ti 24.11.', 'rowgroup" colspan="7">ma 23.11.')]


def test_a_promised_call_that_is_late_says_how_long_it_has_waited_and_blames_nobody(maija, monkeypatch):
    reach = {"safe_contact": "call", "phone": "050 000 0009", "hours": "18–20", "name_to_say": "Kirjasto"}
    assert maija.press(maija.begin(), "door:call_back", due="2.30", **reach).status_code == 303
    assert 'data-state="todo"' in maija.open()
    stop_clock(monkeypatch, NIGHT + 76 * MINUTE)
    html = maija.open()
    assert "viimeistään klo 02.30" in html
    assert "odottanut 1 h" in html
    assert "1 on odottanut yli ajan" in html
    assert "050 000 0009" in html
    assert "Sano: Kirjasto" in html
    assert "älä jätä viestiä" in html


def test_a_promised_call_is_done_in_one_press_and_may_be_tried_again(maija):
    maija.press(maija.begin(), "door:call_back", safe_contact="call", phone="050 000 0009")
    address = first(rf'action="({DESK}/soitto/[^"]+)"', maija.open())
    maija.send(address, {"reached": "no_answer", "again": "4.00"})
    assert "viimeistään klo 04.00" in maija.html
    address = first(rf'action="({DESK}/soitto/[^"]+)"', maija.html)
    maija.send(address, {"reached": "reached"})
    assert "Soittoja ei ole luvattu." in maija.html


def test_whoever_comes_is_on_the_list_until_they_have_come(maija):
    maija.press(maija.begin(), "door:come_now", called_name="Aino", language="sv", wants=["care"])
    html = maija.open()
    assert "Aino" in html
    assert "ruotsi, hoito" in html
    assert "päivystäjälle ei ole vielä kerrottu" in html
    maija.send(first(rf'action="({DESK}/tulija/[^"]+)"', html), {"state": "met"})
    assert "Ketään ei ole tulossa." in maija.html


# ── Read, printed, entered from paper ────────────────────────────────────────────────────────────────────────


def test_an_ended_contact_is_read_and_printed_with_what_was_suggested_and_taken(maija):
    address = maija.begin()
    maija.press(address, "door:other_service", note="Sisko ajaa.", neck="no", age="18-")
    maija.press(address, "end")
    for page in (address, f"{address}/tuloste"):
        html = maija.open(page)
        assert "Sisko ajaa." in html
        assert "Ehdotettu" in html
        assert "Muu palvelu (klo 02.14)" in html
        assert "Säilytysaikaa ei ole päätetty." in html
    assert not maija.form()


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Turvassa juuri nyt?"), ("sv", "Trygg just nu?"), ("en", "neck?")]
)
def test_the_blank_form_is_in_three_languages_with_the_centres_own_numbers(maija, language, words):
    html = maija.open(f"{DESK}/lomake?kieli={language}")
    assert words in html
    assert f'<section class="paper" lang="{language}"' in html
    assert {number for number in ("112", "040 000 0000", "040 000 0002", "040 000 0003") if number in html} == {
        "112",
        "040 000 0000",
        "040 000 0002",
        "040 000 0003",
    }


def test_the_blank_form_says_when_the_numbers_of_those_on_call_were_right(desk, maija):
    assert "tilanne" not in maija.open(f"{DESK}/lomake")
    doctor = make_member(Role.DOCTOR, centre=desk.centre, login="laine", phone="+358400000021")
    desk.put_on_call(Duty.DOCTOR, "2026-11-23T22:00", "2026-11-24T06:00", doctor)
    assert "Päivystäjät, tilanne ti 24.11. klo 02.14:" in maija.open(f"{DESK}/lomake")


def test_a_paper_is_entered_and_marked(maija):
    paper = {
        "contact": str(uuid4()),
        "day": "2026-11-23",
        "began_at": "23.50",
        "ended_at": "0.10",
        "option": "come_now",
    }
    answer = maija.send(f"{DESK}/myohemmin", {**paper, "note": "Paperilta.", "option": "come_now", "age": "18-"})
    assert answer["Location"] == f"{DESK}/{paper['contact']}"
    assert "Paperilta." in maija.html
    assert "kesto 20.00" in maija.html
    assert "paperilta" in maija.open()
    assert maija.send(f"{DESK}/myohemmin", paper)["Location"] == answer["Location"]
    assert maija.open().count("23.50") == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"day": "2026-11-23"}, "began_at"),
        ({"day": "x", "began_at": "1.00"}, "began_at"),
        ({"day": "2026-11-23", "began_at": "1.00", "ended_at": "x"}, "ended_at"),
        ({"day": "2026-11-23", "began_at": "1.00", "phone": "050"}, "phone"),
        ({"day": "2026-11-23", "began_at": "1.00", "age": "900"}, "age"),
    ],
)
def test_a_paper_that_cannot_be_entered_keeps_what_was_typed(maija, fields, field):
    answer = maija.send(f"{DESK}/myohemmin", {**fields, "note": "Paperilta <x>."})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in maija.html
    assert "Paperilta &lt;x&gt;." in maija.html


def test_a_paper_of_a_time_to_come_is_not_entered(maija):
    answer = maija.send(f"{DESK}/myohemmin", {"day": "2026-11-30", "began_at": "1.00"})
    assert answer.status_code == 422
    assert "Tarkista ajat" in maija.html


# ── What a page weighs, and what it says of itself ───────────────────────────────────────────────────────────


def test_no_title_says_who_called(maija):
    address = maija.begin()
    maija.press(address, called_name="Aino", note="Sisko ajaa.")
    assert title(maija.html) == "Yhteydenotto – Poukama"
    maija.press(address, "end")
    for page in (DESK, address, f"{address}/tuloste", *PAGES):
        assert "Aino" not in title(maija.open(page))


def test_a_page_weighs_at_most_sixty_kilobytes(maija):
    address = maija.begin()
    maija.press(address, "door:come_now", age="16-17", note="x" * 1000, language="sv")
    for page in (address, *PAGES):
        maija.open(page)
        assert len(maija.page.content) <= 60_000, page


def _night(browser, count):
    """Contacts of a night: each comes now, was told of, and has ended; one is promised a call."""
    for _ in range(count):
        address = browser.begin()
        browser.press(address, "door:come_now", note="x", language="sv")
        browser.press(address, "told:doctor")
        browser.press(address, "end")
    browser.press(browser.begin(), "door:call_back", safe_contact="call", phone="050 000 0009")


def _queries(browser, page):
    with CaptureQueriesContext(connection) as asked:
        browser.open(page)
    return len(asked)


def test_a_page_asks_the_database_as_often_whatever_is_on_it(maija):
    address = maija.begin()
    _night(maija, 1)
    few = [_queries(maija, page) for page in (DESK, address)]
    _night(maija, 5)
    assert [_queries(maija, page) for page in (DESK, address)] == few
    assert max(few) <= 25
