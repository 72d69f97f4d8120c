"""Who has looked: S31 for the privacy officer, and the list that the client is given."""

import datetime as dt
import re
from uuid import uuid4

import pymupdf
import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client

from poukama.audit.models import AuditEvent
from poukama.cases import actions, looked
from poukama.cases.looked import Asked
from poukama.cases.need import GlassReason, Purpose
from poukama.clients import access as clients
from poukama.gate.rules import OPERATOR
from poukama.gate.scope import within
from poukama.staff.actions import give_post
from poukama.staff.rules import Role
from tests.cases.working import (
    AT,
    HOUR,
    MINUTE,
    begin_note,
    break_glass,
    by,
    counted,
    events,
    into,
    make_case,
    make_colleague,
    now,
    opened,
)
from tests.people import make_centre, sign_in

LATER = AT + HOUR


@pytest.fixture(autouse=True)
def later(monkeypatch, plain_static):
    """The clock of every page stands at twenty past four."""
    monkeypatch.setattr("poukama.core.clock.now", lambda: LATER)


@pytest.fixture
def petra(centre):
    """The privacy officer."""
    return make_colleague(Role.PRIVACY_OFFICER, centre, "petra")


@pytest.fixture
def ilona(centre):
    """A midwife on no team."""
    return make_colleague(Role.MIDWIFE, centre, "ilona")


def browser(member):
    return sign_in(Client(), member)


def page(petra, centre, **asked):
    return looked.trail_page(centre, Asked(**asked), by=by(petra, LATER), at=LATER)


def said(lines):
    return [line.event for line in lines]


# ── For the privacy officer ──────────────────────────────────────────────────────────────────────────────────


def test_each_line_says_who_by_name_what_when_and_which_case(case, centre, maija, petra):
    opened(case, maija)
    (line, *_) = page(petra, centre).lines
    assert (line.name, line.event, line.at, line.purpose) == ("Maija", "case.read_for_care", AT, Purpose.CARE)
    assert (line.case, line.code) == (case.pk, "")


def test_each_reading_of_the_trail_is_itself_a_line(centre, petra):
    page(petra, centre)
    assert events(centre)[-1] == "trail.read"


def test_what_is_worth_a_second_look_stands_on_top(case, centre, maija, petra, ilona):
    break_glass(case, ilona, when=AT - HOUR)
    for minutes in range(60):
        opened(case, maija, when=AT + minutes * MINUTE)
    found = page(petra, centre)
    assert said(found.second_look) == ["glass.broken"]
    assert "glass.broken" not in said(found.lines)
    assert page(petra, centre, before=found.before).second_look == ()


def test_pages_follow_each_other_by_number_and_miss_nothing(case, centre, maija, petra):
    for minutes in range(55):
        opened(case, maija, when=AT + minutes // 10 * MINUTE)
    whole, before = [], None
    while True:
        found = page(petra, centre, before=before, until=LATER)
        whole += [line.number for line in found.lines]
        if (before := found.before) is None:
            break
    with within(centre.pk):
        rows = AuditEvent.objects.filter(centre_id=centre.pk, at__lt=LATER).order_by("-at", "-number")
        assert whole == list(rows.values_list("number", flat=True))


def test_lines_are_found_by_period_by_member_and_by_case(case, centre, maija, petra, ilona):
    other = make_case(ilona, centre, when=AT + 10 * MINUTE)
    note = begin_note(case, maija)
    assert {line.name for line in page(petra, centre, member=ilona.pk).lines} == {"Ilona"}
    assert {line.case for line in page(petra, centre, case=other.pk).lines} == {other.pk}
    assert f"cases.note:{note.pk}" in {line.target for line in page(petra, centre, case=case.pk).lines}
    assert {line.at for line in page(petra, centre, since=AT, until=AT + MINUTE).lines} == {AT}
    assert page(petra, centre, since=LATER + HOUR).lines == ()


def test_a_case_is_named_by_its_code_or_its_key_and_nothing_else(case, centre, maija, petra):
    code = clients.head(clients.client(centre, case.pk, by=by(maija)), by=by(maija), at=AT).code
    officer = by(petra)
    assert looked.case_named(centre, code.lower(), by=officer) == case.pk
    assert looked.case_named(centre, f" {case.pk} ", by=officer) == case.pk
    for nothing in ("Aino", "K7-42M", str(uuid4()), "", "' or 1=1"):
        assert looked.case_named(centre, nothing, by=officer) is None


def test_the_code_is_shown_to_whoever_is_let_in_alone(case, centre, maija, petra):
    both = make_colleague(Role.PRIVACY_OFFICER, centre, "both")
    assert {line.code for line in page(petra, centre).lines} == {""}
    give_post(centre, member=both, role=Role.MIDWIFE, by=OPERATOR, at=AT - HOUR)
    assert {line.code for line in page(both, centre).lines} == {""}
    actions.join_team(into(case, maija), member=both, role=Role.MIDWIFE, key=uuid4(), **now(maija))
    assert {line.code for line in page(both, centre).lines if line.case == case.pk} != {""}


def test_nobody_else_reads_the_trail_and_no_other_centres(case, centre, maija, kaisa):
    with pytest.raises(PermissionDenied):
        page(maija, centre)
    assert browser(kaisa).get("/s/loki").status_code == 403
    oona = make_colleague(Role.PRIVACY_OFFICER, make_centre("laakso"), "oona")
    with pytest.raises(Http404):
        page(oona, centre)
    assert str(case.pk) not in browser(oona).get("/s/loki").text


def test_the_page_asks_by_a_form_and_its_addresses_hold_keys_alone(case, centre, maija, petra):
    officer = browser(petra)
    code = clients.head(clients.client(centre, case.pk, by=by(maija)), by=by(maija), at=AT).code
    led = officer.post("/s/loki", {"since": "2026-11-24", "member": maija.pk, "case": code})
    assert led.headers["Location"] == f"/s/loki?since=2026-11-24&member={maija.pk}&case={case.pk}"
    shown = officer.get(led.headers["Location"])
    assert "Maija" in shown.text
    assert "Aino" not in shown.text
    unknown = officer.post("/s/loki", {"case": "Aino"})
    assert (unknown.status_code, 'value="Aino"' in unknown.text) == (422, True)
    assert officer.post("/s/loki", {}).headers["Location"] == "/s/loki"


@pytest.mark.parametrize(
    "query", ["before=x", "before=-1", "before=99999999999999999999", "member='", "case=x", "since=x&until=2026-13-40"]
)
def test_an_address_that_says_nothing_asks_for_everything(case, petra, query):
    assert browser(petra).get(f"/s/loki?{query}").status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_all_days_is_none(petra, day):
    officer = browser(petra)
    assert officer.get(f"/s/loki?since={day}&until={day}").status_code == 200
    answer = officer.post("/s/loki", {"since": day, "until": day})
    assert answer.status_code == 422
    assert answer.text.count(f'value="{day}"') == 2


def test_a_page_takes_as_many_queries_with_many_lines_as_with_few(case, centre, maija, petra):
    officer = browser(petra)
    officer.get("/s/loki")
    few = counted(lambda: officer.get("/s/loki"))
    for _ in range(30):
        opened(case, maija)
    assert counted(lambda: officer.get("/s/loki")) == few <= 30


# ── For the client ───────────────────────────────────────────────────────────────────────────────────────────


def own(case, member, **known):
    since = known.get("since", LATER - looked.BACK)
    return looked.own_list(opened(case, member, when=LATER), since=since, by=by(member, LATER), at=LATER)


def test_the_client_is_told_who_when_and_why_once_a_day_for_each_thing(case, maija, ilona):
    for minutes in (0, 5, 30):
        opened(case, maija, when=AT + minutes * MINUTE)
    break_glass(case, ilona)
    lines = {(line.name, line.event): line for line in own(case, maija)}
    read = lines["Maija", "case.read_for_care"]
    assert (read.first, read.last, read.times) == (AT, LATER, 4)
    assert lines["Ilona", "glass.broken"].reason is GlassReason.CLIENT_HERE


def test_writing_is_on_the_list_and_what_is_only_a_mark_is_not(case, maija, centre):
    aino = make_colleague(Role.MIDWIFE, centre, "aino", name="Aino")
    break_glass(case, aino)
    begin_note(case, maija)
    found = {line.event for line in own(case, maija)}
    assert {"note.begun", "client.opened", "case.opened"} <= found
    assert not {event for event in found if event.startswith("curious.")}


def test_two_years_are_shown_and_what_is_older_is_not(case, maija):
    assert dt.timedelta(days=730) == looked.BACK
    assert {line.event for line in own(case, maija, since=LATER)} == {"case.read_for_care"}


def test_making_the_list_is_a_line(case, maija, centre):
    own(case, maija)
    assert events(centre)[-1] == "case.looked_up"


def test_whoever_does_not_know_of_every_section_does_not_see_who_wrote(case, maija, hanna):
    with pytest.raises(PermissionDenied):
        own(case, hanna)
    address = f"/s/t/{case.pk}/katsoneet"
    assert browser(hanna).get(address).status_code == 403
    assert address not in browser(hanna).get(f"/s/t/{case.pk}/tiimi").text


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "luki tietoja"), ("sv", "läste uppgifterna"), ("en", "read the record"), ("x", "luki")],
)
def test_the_page_is_in_the_clients_language(case, maija, language, words):
    opened(case, maija)
    shown = browser(maija).get(f"/s/t/{case.pk}/katsoneet?kieli={language}")
    assert shown.status_code == 200
    assert words in shown.text


def test_the_page_opens_the_case_because_the_client_asked(case, maija, centre):
    browser(maija).get(f"/s/t/{case.pk}/katsoneet")
    assert "case.read_for_client_asked" in events(centre)


def test_another_centres_list_is_not_there(case):
    oona = make_colleague(Role.MIDWIFE, make_centre("laakso"), "oona")
    assert browser(oona).get(f"/s/t/{case.pk}/katsoneet").status_code == 404


def test_the_list_takes_as_many_queries_with_many_lines_as_with_few(case, maija):
    maker = browser(maija)
    maker.get(f"/s/t/{case.pk}/katsoneet")
    few = counted(lambda: maker.get(f"/s/t/{case.pk}/katsoneet"))
    for _ in range(10):
        begin_note(case, maija)
    assert counted(lambda: maker.get(f"/s/t/{case.pk}/katsoneet")) == few <= 70


@pytest.mark.parametrize(
    ("language", "title"),
    [("fi", "Kuka on katsonut tietojasi"), ("sv", "Vem har tittat"), ("en", "Who has looked at your record")],
)
def test_the_list_is_a_document_too_in_the_clients_language(case, maija, language, title):
    page = browser(maija).get(f"/s/t/{case.pk}/katsoneet?kieli={language}").content.decode()
    assert f"/s/t/{case.pk}/katsoneet/paperi?kieli={language}" in page
    sent = browser(maija).get(f"/s/t/{case.pk}/katsoneet/paperi?kieli={language}")
    document = pymupdf.open(stream=sent.content)
    said = " ".join(str(document[0].get_text()).split())
    assert title in str(document.metadata)
    assert "Maija" in said
    named = re.search(r'<h1><span class="code">([^<]+)</span> <bdi>([^<]+)', page)
    assert named is not None
    code, called = named.groups()
    assert code not in said
    assert called not in said


def test_making_the_document_is_a_line_as_making_the_page_is(case, maija, centre):
    browser(maija).get(f"/s/t/{case.pk}/katsoneet/paperi")
    assert events(centre)[-1] == "case.looked_up"


def test_whoever_may_not_see_the_list_gets_no_document(case, hanna):
    sent = browser(hanna).get(f"/s/t/{case.pk}/katsoneet/paperi")
    assert sent.status_code == browser(hanna).get(f"/s/t/{case.pk}/katsoneet").status_code
