"""S33: the list, its test case, one thing whole, and the two buttons of a doctor."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from poukama.centres.models import LoadedPack
from poukama.protocols import shown
from poukama.protocols.approvals import version_of
from poukama.protocols.forms import EventForm
from poukama.protocols.held import approvals_of
from poukama.protocols.retention import Retention
from poukama.protocols.words import length_words, retention_words
from poukama.staff.rules import Role
from tests.people import make_centre, make_member, sign_in
from tests.protocols.working import AT, RULE, TODAY, approve, load_with, make_doctor, take_back, thing_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
LIST = "/s/asetukset/protokollat"
MOUTH = f"{LIST}/window/mouth"


@pytest.fixture(autouse=True)
def _at_night(monkeypatch):
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT)


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def doctor(centre):
    return make_doctor(centre)


@pytest.fixture
def browser(doctor):
    return sign_in(Client(), doctor)


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def sent(centre, do="approve", code="mouth", **changes):
    version = version_of(thing_of(centre, "window", code))
    return {"do": do, "key": str(uuid4()), "version": version, "valid_from": TODAY.isoformat(), **changes}


# ── The list ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_thing_stands_there_as_an_example_until_a_doctor_says_so(browser):
    page = browser.get(LIST).text
    assert plain(page).count("ESIMERKKI – ei hyväksytty") == 6
    assert "Yksikään aikaikkuna ei ole voimassa." in plain(page)
    assert "Ei asetettu" in plain(page)


def test_what_is_approved_says_by_whom_and_from_when(browser, centre, doctor):
    approve(centre, doctor, "window", "mouth")
    approve(centre, doctor, "window", "ulipristal", valid_from=TODAY + dt.timedelta(days=7))
    page = plain(browser.get(LIST).text)
    assert "Voimassa Laine" in page
    assert "Alkaen 1.12.2026 Laine" in page
    assert "Yksikään aikaikkuna" not in page


def test_a_date_of_review_that_has_passed_is_said(browser, monkeypatch):
    assert "päivä ohitettu" not in plain(browser.get(LIST).text)
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT + dt.timedelta(days=400))
    assert "päivä ohitettu" in plain(browser.get(LIST).text)


def test_a_rule_that_is_set_stands_with_its_source(browser, centre):
    load_with(centre, {"retention.toml": RULE})
    page = plain(browser.get(LIST).text)
    assert "14 kuukautta" in page
    assert "A page of law" in page


def test_a_centre_without_any_of_it_says_so():
    centre = make_centre("laakso")
    page = plain(sign_in(Client(), make_doctor(centre)).get(LIST).text)
    assert "ei ole aikaikkunoita" in page
    assert "ei ole näytteenottoprotokollaa" in page


def test_the_list_takes_as_many_queries_however_much_was_said(browser, centre, doctor, django_assert_num_queries):
    browser.get(LIST)
    with CaptureQueriesContext(connection) as before:
        browser.get(LIST)
    for _ in range(3):
        approve(centre, doctor, "window", "mouth")
    with django_assert_num_queries(len(before)):
        browser.get(LIST)


@pytest.mark.parametrize("role", [Role.CHAPLAIN, Role.PSYCHOLOGIST, Role.PRIVACY_OFFICER])
def test_it_is_for_whoever_works_with_protocols(centre, role):
    assert sign_in(Client(), make_member(role, centre=centre, login="muu")).get(LIST).status_code == 403


# ── The test case ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_clocks_of_a_test_case_are_grey_until_approved_and_say_what_they_would_show(browser, centre, doctor):
    approve(centre, doctor, "window", "mouth")
    page = browser.get(LIST, {"tunteja": "45"}).text
    assert re.findall(r'class="clock" data-state="(\w+)"', page) == ["todo", "wait", "todo", "todo", "todo"]
    assert "Hyväksyttynä: auki" in plain(page)


@pytest.mark.parametrize(
    ("typed", "said"), [("kaksi", "kokonaislukuna"), ("-1", "kokonaislukuna"), ("9999", "vähemmän")]
)
def test_hours_that_cannot_be_read_are_said_beside_the_field(browser, typed, said):
    answer = browser.get(LIST, {"tunteja": typed})
    assert answer.status_code == 422
    assert said in plain(answer.text)
    assert f'value="{typed}"' in answer.text


def test_without_hours_the_test_case_is_that_of_thirty():
    assert EventForm().hours() == 30


# ── One thing ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_doctor_approves_a_window_and_takes_it_back(browser, centre):
    answer = browser.post(MOUTH, sent(centre))
    assert (answer.status_code, answer["Location"]) == (303, MOUTH)
    assert "Tästä vastaa Laine." in plain(browser.get(MOUTH).text)
    assert browser.post(MOUTH, sent(centre, "take_back")).status_code == 303
    page = plain(browser.get(MOUTH).text)
    assert "Kukaan ei vielä vastaa tästä." in page
    assert "Laine · hyväksyi, alkaen 24.11.2026" in page


def test_the_sampling_protocol_is_read_whole_in_every_language(browser, centre):
    page = browser.get(f"{LIST}/sampling/adults").text
    for words in ("Näytteet suusta", "Prov från munnen", "Samples from the mouth"):
        assert words in page
    assert "märkä, sitten kuiva" in plain(page)
    assert "28 päivän jälkeen" in plain(page)
    assert "asiakkaasta ei oteta mitään" in plain(page)


def test_what_was_said_of_an_earlier_content_says_so(browser, centre, doctor):
    load_with(centre, {"retention.toml": RULE})
    approve(centre, doctor, "retention", "unreported")
    load_with(centre, {"retention.toml": RULE.replace("14", "15")})
    page = plain(browser.get(f"{LIST}/retention/unreported").text)
    assert "aiemmasta sisällöstä" in page
    assert "ESIMERKKI" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"valid_from": "2026-11-23"}, "aikaisintaan tänään"),
        ({"valid_from": ""}, "Tämä puuttuu"),
        ({"valid_from": "huomenna"}, "Kirjoita päivämäärä"),
        ({"version": "0" * 64}, "paketti on sillä välin muuttunut"),
        ({"do": "take_back"}, "peruttavaa ei ole"),
    ],
)
def test_what_cannot_be_done_is_said_and_what_was_typed_is_kept(browser, centre, changes, said):
    answer = browser.post(MOUTH, sent(centre, **changes))
    assert answer.status_code == 422
    assert said in plain(answer.text)
    assert approvals_of(centre.code) == ()
    if changes.get("valid_from"):
        assert f'value="{changes["valid_from"]}"' in answer.text


def test_the_same_form_twice_is_one_approval(browser, centre):
    form = sent(centre)
    assert [browser.post(MOUTH, form).status_code for _ in range(2)] == [303, 303]
    assert len(approvals_of(centre.code)) == 1


def test_whoever_may_not_approve_reads_and_is_refused(centre):
    midwife = sign_in(Client(), make_member(Role.MIDWIFE, centre=centre))
    page = midwife.get(MOUTH)
    assert page.status_code == 200
    assert "Tämän hyväksyy keskuksen lääkäri." in plain(page.text)
    assert midwife.post(MOUTH, sent(centre)).status_code == 403


@pytest.mark.parametrize("path", ["window/nothing", "sampling/mouth", "plan/mouth"])
def test_what_the_centre_does_not_have_is_not_found(browser, path):
    assert browser.get(f"{LIST}/{path}").status_code == 404


def test_a_window_of_another_name_goes_by_its_code(centre, doctor, browser):
    text = '[sources.p]\ntitle = "P"\nseen = 2026-11-24\n[windows.own_thing]\nkind = "care"\nhours = 30\nsource = "p"\n'
    files = {"protocols.toml": text + "review_by = 2027-11-30\n", "sampling.toml": _no_windows(centre)}
    load_with(centre, files)
    assert "Own thing" in plain(browser.get(LIST).text)
    take = approve(centre, doctor, "window", "own_thing")
    assert take.code == "own_thing"
    assert take_back(centre, doctor, "window", "own_thing").verb == "taken_back"


def _no_windows(centre) -> str:
    text = LoadedPack.objects.filter(centre=centre).latest("id").files["sampling.toml"]
    return "\n".join(line for line in text.splitlines() if not line.startswith("window = "))


# ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("hours", "words"), [(1, "1 hour"), (48, "48 hours"), (168, "7 days"), (336, "14 days"), (170, "170 hours")]
)
def test_a_window_is_as_long_as_one_says_it(hours, words):
    assert length_words(dt.timedelta(hours=hours)) == words


def test_a_rule_is_as_long_as_one_says_it():
    assert retention_words(Retention("unreported", None, 1, "P", TODAY)) == "1 day"
    assert retention_words(Retention("unreported", 1, None, "P", TODAY)) == "1 month"


def test_a_thing_in_force_is_told_by_its_state(centre, doctor):
    approve(centre, doctor, "sampling", "adults")
    line = shown.line(thing_of(centre, "sampling", "adults"), AT, centre.zone)
    assert (line.state, line.who, line.says) == ("done", "Laine", "1")
