"""The pages of the roster: what a role sees and may press, and that a form sent twice or too late harms nothing."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from poukama.core import clock
from poukama.gate.scope import within
from poukama.roster.models import Shift
from poukama.roster.rules import Duty
from poukama.staff.rules import Role
from tests.factories import at
from tests.people import make_centre, make_member, sign_in
from tests.roster.planning import NOW, Roster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
HOME, ADD, AWAY, COPY = "/s/paivystys", "/s/paivystys/vuoro", "/s/paivystys/poissa", "/s/paivystys/kopio"
NIGHT = ("2026-11-27T22:00", "2026-11-28T06:00")
GIVEN = {"duty": "midwife", "begins_0": "2026-11-27", "begins_1": "22", "ends_0": "2026-11-28", "ends_1": "6"}


@pytest.fixture(autouse=True)
def _three_in_the_night(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def roster() -> Roster:
    return Roster()


@pytest.fixture
def kaisa(roster: Roster) -> Client:
    return sign_in(Client(), roster["kaisa"])


def sent(roster: Roster, login: str = "maija", **more: Any) -> dict[str, str]:
    return {"key": str(uuid4()), "member": str(roster[login].pk), **GIVEN, **more}


def plain(page: Any) -> str:
    """The text of a page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


# ── The week ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_gaps_stand_in_the_title_in_words_and_in_the_table(roster, kaisa):
    roster.add("2026-11-23T00:00", "2026-11-29T22:00")
    roster.add("2026-11-23T00:00", "2026-11-29T22:00", "laine", Duty.DOCTOR)
    page = kaisa.get(HOME)
    assert "<title>(2) Viikko 48 – Poukama</title>" in page.text
    assert "2 aukkoa tällä viikolla: Kätilö su 29.11. klo 22–24; Lääkäri su 29.11. klo 22–24" in plain(page)
    assert page.text.count('class="gap"') == 2
    assert '<a class="button primary end" href="#gap-1">' in page.text
    assert re.findall(r'id="(gap-\d)"', page.text) == ["gap-1", "gap-2"]


def test_a_week_without_gaps_says_so(roster, kaisa):
    roster.add("2026-11-23T00:00", "2026-12-01T00:00")
    roster.add("2026-11-23T00:00", "2026-12-01T00:00", "laine", Duty.DOCTOR)
    page = kaisa.get(HOME)
    assert "<title>Viikko 48 – Poukama</title>" in page.text
    assert "Ei aukkoja tällä viikolla." in page.text
    assert "gap-1" not in page.text


def test_who_is_on_now_stands_above_every_week_with_the_number(roster, kaisa):
    roster.add("2026-11-24T00:00", "2026-11-24T08:00")
    page = plain(kaisa.get(HOME, {"viikko": "2026-W02"}))
    assert "Kätilö Maija 040 000 0001 klo 8 asti" in page
    assert "Lääkäri ei ketään" in page


def test_somebody_without_a_number_is_said_to_have_none(roster, kaisa):
    roster.members["saga"] = make_member(centre=roster.centre, login="saga")
    roster.add("2026-11-24T00:00", "2026-11-24T08:00", "saga")
    assert "Saga ei numeroa" in plain(kaisa.get(HOME))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("2026-W49", "49"), ("2026-W53", "53"), ("", "48"), ("2026-W60", "48"), ("x", "48"), ("1066-W01", "48")],
)
def test_another_week_is_shown_where_there_is_one_and_this_one_otherwise(roster, kaisa, asked, shown):
    assert f"<h1>Viikko {shown}</h1>" in kaisa.get(HOME, {"viikko": asked}).text


def test_a_new_centre_is_told_how_to_begin(roster, kaisa):
    assert "Päivystyslista on tyhjä" in kaisa.get(HOME).text


def test_an_empty_week_offers_the_week_before(roster, kaisa):
    roster.add("2026-11-22T22:00", "2026-11-23T08:00")
    page = kaisa.get(HOME).text
    assert "Viikolle 48 ei ole vielä suunniteltu ketään" in page
    assert "Kopioi viikko 47 tähän" in page
    assert "Kopioi viikolle" not in page


def test_the_changed_clock_gives_a_week_of_169_hours(roster, kaisa):
    roster.add("2026-10-19T00:00", "2026-10-26T00:00")
    assert "169 / 169 h" in kaisa.get(HOME, {"viikko": "2026-W43"}).text


@pytest.mark.parametrize("role", Role)
def test_every_role_reads_the_week_and_only_those_who_plan_change_it(role):
    roster = Roster()
    roster.add(*NIGHT)
    member = make_member(role, centre=roster.centre, login="new")
    page = sign_in(Client(), member).get(HOME)
    assert page.status_code == 200
    keeps = role in {Role.MIDWIFE_COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR}
    assert ("/s/paivystys/vuoro/" in page.text, AWAY in page.text, COPY in page.text) == (keeps, keeps, keeps)


def test_nobody_else_reads_it():
    assert Client().get(HOME).status_code in {302, 303, 403}


def test_a_page_takes_as_many_queries_full_as_empty(roster, kaisa, django_assert_max_num_queries):
    kaisa.get(HOME)
    for day in range(23, 30):
        for hour in (0, 6, 12):
            roster.add(f"2026-11-{day}T{hour:02}:00", f"2026-11-{day}T{hour + 6:02}:00")
    with django_assert_max_num_queries(20):
        kaisa.get(HOME)


# ── Putting on and taking ────────────────────────────────────────────────────────────────────────────────────


def test_a_gap_leads_to_a_form_that_is_filled_in(roster, kaisa):
    roster.add("2026-11-23T00:00", "2026-11-29T22:00")
    href = re.search(r'href="([^"]+)" id="gap-2"', kaisa.get(HOME).text)
    assert href is not None
    form = kaisa.get(href[1].replace("&amp;", "&")).context["form"]
    assert (form["duty"].value(), form["begins"].value()) == ("midwife", at("2026-11-29T22:00").replace(tzinfo=None))


def test_a_shift_is_put_on_and_the_week_says_so(roster, kaisa):
    page = kaisa.post(ADD, sent(roster), follow=True)
    assert page.redirect_chain[0][1] == 303
    assert page.redirect_chain[0][0].startswith(f"{HOME}?viikko=2026-W48&tehty=")
    assert "Vuoro on listalla." in page.text
    assert [shift.name for shift in roster.shifts()] == ["Maija"]


def test_a_form_sent_three_times_puts_on_one_shift(roster, kaisa):
    form = sent(roster)
    assert {kaisa.post(ADD, form).status_code for _ in range(3)} == {303}
    assert len(roster.shifts()) == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ends_0": "2026-11-27"}, "Lopun on oltava alun jälkeen."),
        ({"ends_0": "2026-12-27"}, "Tämä on yli kahdeksan päivää."),
        ({"duty": "doctor"}, "Maija ei ole tässä tehtävässä koko aikaa."),
        ({"begins_1": "late"}, "Kirjoita kellonaika muodossa 8, 8.30 tai 22."),
        ({"member": ""}, "Tämä puuttuu."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(roster, kaisa, changed, words):
    page = kaisa.post(ADD, sent(roster, **changed))
    assert page.status_code == 422
    assert page.text.count(words) == 2, "in the list and beside the field"
    assert all(f' id="{each}"' in page.text for each in re.findall(r'<li><a href="#(\w+)">', page.text))
    assert "<title>Korjattavaa: Uusi vuoro" in page.text
    assert f'value="{changed.get("begins_1", "22")}"' in page.text
    assert roster.shifts() == []


def test_somebody_already_on_is_named_with_the_time(roster, kaisa):
    roster.add(*NIGHT, "outi")
    words = "Outi päivystää jo: pe 27.11. klo 22 – la 28.11. klo 6."
    assert words in plain(kaisa.post(ADD, sent(roster)))


def test_a_midwife_has_only_herself_to_put_on(roster):
    maija = sign_in(Client(), roster["maija"])
    page = maija.get(ADD)
    assert "<h1>Ota vuoro</h1>" in page.text
    assert re.findall(r"<option[^>]*>(\w+) \(", page.text) == ["Maija"]
    assert maija.post(ADD, sent(roster, "outi")).status_code == 422
    assert maija.post(ADD, sent(roster)).status_code == 303
    assert "Vuoro on sinun." in maija.get(f"{HOME}?tehty={roster_key(roster)}").text


def roster_key(roster: Roster) -> str:
    with within(roster.centre.pk):
        return str(Shift.objects.get().made_by_id)


def test_those_who_may_be_on_the_duty_are_the_first_to_choose_from(roster, kaisa):
    page = kaisa.get(ADD, {"tehtava": "doctor"})
    assert re.findall(r"<option[^>]*>(\w+) \(", page.text) == ["Laine", "Niemi", "Kaisa", "Maija", "Outi"]


def test_a_role_that_is_never_on_call_takes_no_shift(roster):
    keeper = make_member(Role.SAMPLE_KEEPER, centre=roster.centre, login="saara")
    assert sign_in(Client(), keeper).get(ADD).status_code == 403


# ── Changing ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_shift_is_given_to_somebody_else_and_the_week_shows_the_swap(roster, kaisa):
    shift = roster.shifts(roster.add(*NIGHT).pk)[0]
    page = kaisa.get(f"{ADD}/{shift.pk}")
    assert "Kätilö" in page.text
    assert page.context["split"]["moment"].value() == at("2026-11-28T02:00").replace(tzinfo=None)
    page = kaisa.post(f"{ADD}/{shift.pk}", sent(roster, "outi"), follow=True)
    assert "Vuoro muutettiin." in page.text
    assert "vaihto, oli Maija" in page.text
    assert [each.name for each in roster.shifts()] == ["Outi"]


def test_a_shift_is_split_and_removed(roster, kaisa):
    shift = roster.shifts(roster.add(*NIGHT).pk)[0]
    form = {"key": str(uuid4()), "member": str(roster["outi"].pk), "moment_0": "2026-11-28", "moment_1": "2"}
    assert "kahdessa osassa" in kaisa.post(f"{ADD}/{shift.pk}/jako", form, follow=True).text
    first, second = roster.shifts()
    assert (first.name, second.name) == ("Maija", "Outi")
    page = kaisa.post(f"{ADD}/{second.pk}/poisto", {"key": str(uuid4())}, follow=True)
    assert "Vuoro poistettiin." in page.text
    assert roster.shifts() == [first]


@pytest.mark.parametrize("verb", ["", "/jako"])
def test_a_change_that_cannot_be_is_said_on_the_shifts_own_page(roster, kaisa, verb):
    shift = roster.shifts(roster.add(*NIGHT).pk)[0]
    form = sent(roster, ends_1="x", moment_0="2026-11-29", moment_1="2")
    page = kaisa.post(f"{ADD}/{shift.pk}{verb}", form)
    assert page.status_code == 422
    assert page.context["sent"].errors
    assert "<title>Korjattavaa: Muuta vuoroa" in page.text


@pytest.mark.parametrize("verb", ["", "/jako", "/poisto"])
def test_whoever_comes_second_sees_how_it_stands_now(roster, kaisa, verb):
    shift = roster.shifts(roster.add(*NIGHT).pk)[0]
    kaisa.post(f"{ADD}/{shift.pk}", sent(roster, "outi"))
    page = kaisa.post(f"{ADD}/{shift.pk}{verb}", sent(roster, "kaisa", moment_0="2026-11-28", moment_1="2"))
    assert page.status_code == 409
    assert "Joku muu muutti tätä sillä välin." in page.text
    assert [each.name for each in roster.shifts()] == ["Outi"]


def test_an_old_shift_opened_again_shows_the_week(roster, kaisa):
    shift = roster.shifts(roster.add(*NIGHT).pk)[0]
    form = sent(roster, "outi")
    kaisa.post(f"{ADD}/{shift.pk}", form)
    assert kaisa.get(f"{ADD}/{shift.pk}").status_code == 409
    assert kaisa.post(f"{ADD}/{shift.pk}", form).status_code == 303, "the same form again"


@pytest.mark.parametrize("verb", ["jako", "poisto"])
def test_an_address_behind_a_button_leads_to_the_shift(roster, kaisa, verb):
    assert kaisa.get(f"{ADD}/1/{verb}").headers["Location"] == f"{ADD}/1"


# ── Weeks and absences ───────────────────────────────────────────────────────────────────────────────────────


def test_a_week_is_copied_with_one_button(roster, kaisa):
    roster.add(*NIGHT)
    roster.add("2026-11-26T22:00", "2026-11-27T06:00", "outi")
    roster.away("2026-12-03T00:00", "2026-12-04T00:00", "outi")
    form = {"key": str(uuid4()), "source": "2026-W48", "target": "2026-W49"}
    page = kaisa.post(COPY, form, follow=True)
    assert "1 vuoro kopioitiin. 1 ei sopinut ja jäi pois." in page.text
    assert "<h1>Viikko 49</h1>" in page.text


def test_a_week_with_nothing_in_it_is_not_copied(roster, kaisa):
    page = kaisa.post(COPY, {"key": str(uuid4()), "source": "2026-W48", "target": "2026-W49"})
    assert page.status_code == 422
    assert "Kopioitavaa ei ollut" in page.text


def test_a_copy_that_cannot_be_read_leads_to_the_week(roster, kaisa):
    assert kaisa.post(COPY, {"source": "x"}).headers["Location"] == HOME
    assert kaisa.get(COPY).headers["Location"] == HOME


def test_an_absence_is_written_down_and_ended(roster, kaisa):
    roster.add(*NIGHT)
    assert "Kukaan ei ole poissa." in kaisa.get(AWAY).text
    page = kaisa.post(AWAY, sent(roster, begins_1="0", ends_1="24"), follow=True)
    assert "Poissaolo on kirjattu. 1 vuoro vapautui." in page.text
    assert "Poissa tällä viikolla: Maija: pe 27.11. – la 28.11." in plain(page)
    found = re.search(r'action="(/s/paivystys/poissa/\d+/paluu)"', kaisa.get(AWAY).text)
    assert found is not None
    assert "Peru poissaolo" in kaisa.get(AWAY).text
    page = kaisa.post(found[1], {"key": str(uuid4())}, follow=True)
    assert "Poissaolo on päättynyt." in page.text
    assert kaisa.post(found[1], {"key": str(uuid4())}).status_code == 409
    assert kaisa.post(found[1], {}).headers["Location"] == AWAY


def test_an_absence_that_cannot_be_is_said_beside_its_field(roster, kaisa):
    roster.away("2026-11-27T00:00", "2026-11-29T00:00")
    page = kaisa.post(AWAY, sent(roster))
    assert page.status_code == 422
    assert "Maija on jo merkitty poissaolevaksi: pe 27.11. – la 28.11." in plain(page)


# ── Whose it is ──────────────────────────────────────────────────────────────────────────────────────────────


def test_another_centres_shift_does_not_exist(roster):
    there = make_centre("laakso")
    stranger = sign_in(Client(), make_member(Role.MANAGER, centre=there, login="elli"))
    shift = roster.shifts(roster.add(*NIGHT).pk)[0]
    for verb in ("", "/jako", "/poisto"):
        assert stranger.post(f"{ADD}/{shift.pk}{verb}", sent(roster)).status_code == 404
    assert stranger.get(f"{ADD}/{shift.pk}").status_code == 404
    assert len(roster.shifts()) == 1


def test_whoever_may_not_plan_changes_nothing(roster):
    shift = roster.shifts(roster.add(*NIGHT).pk)[0]
    maija = sign_in(Client(), roster["maija"])
    for path in (
        f"{ADD}/{shift.pk}",
        f"{ADD}/{shift.pk}/jako",
        f"{ADD}/{shift.pk}/poisto",
        COPY,
        AWAY,
        f"{AWAY}/1/paluu",
    ):
        assert maija.post(path, sent(roster)).status_code == 403
