"""The Helsinki pack answers the page's every sentence.

Each test is one sentence of the page, in our own words, and shows the value in the pack that answers it.
"""

import datetime as dt
from pathlib import Path

import pytest

from poukama.centres.pack import read_pack
from poukama.centres.rules import NightRule, Pack, PlaceKind, PostTime
from tests.factories import at

FOLDER = Path(__file__).parents[2] / "centres" / "helsinki"
PACK = read_pack(FOLDER)
EN = PACK.words["en"]


def from_page(pack: Pack, key: str) -> bool:
    """Whether a table is the page's own word, and no example."""
    origin = dict(pack.origins())[key]
    return origin.source == "page" and not origin.example


def says(code: str, *parts: str) -> bool:
    """Whether a public sentence is the page's own, stands in all three languages, and has these parts in English."""
    written = all(PACK.words[language].get(f"said.{code}") for language in ("fi", "sv", "en"))
    sentence = EN.get(f"said.{code}").lower()
    return from_page(PACK, f"said.{code}") and written and all(part.lower() in sentence for part in parts)


# ── Where and how ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_centre_is_at_the_womens_hospital_by_entrance_k_on_the_first_floor():
    address = EN.get("places.centre.address")
    assert address == "Women's Hospital, Entrance K, 1st floor, Haartmaninkatu 2, 00290 Helsinki"
    assert "Haartmaninkatu 2, 00290 Helsinki" in PACK.words["fi"].get("places.centre.address")
    assert "Haartmansgatan 2, 00290 Helsingfors" in PACK.words["sv"].get("places.centre.address")


def test_post_goes_to_a_box_of_hus():
    assert EN.get("centre.postal_address") == "PO Box 140, 00029 HUS"


def test_the_helpline_has_one_number_and_is_open_day_and_night():
    (line,) = PACK.lines
    assert line.phone == "+358407018446"
    assert line.own
    assert line.hours.next_change(at("2026-11-24T03:00")) is None
    assert line.hours.open_at(at("2026-12-25T03:00"))
    assert from_page(PACK, "lines.helpline")


def test_with_an_infection_or_after_exposure_to_one_call_before_coming():
    assert says("infection", "infection", "exposed", "COVID-19", "call before")


# ── For whom ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_is_for_those_over_16_whatever_their_gender():
    # "Over the age of 16", and "under the age of 16" elsewhere: whoever is 16 is inside, and the words say so.
    assert PACK.ages is not None
    assert (PACK.ages.alone, PACK.ages.referred) == (16, 16)
    assert from_page(PACK, "ages")
    assert says("all_genders", "aged 16 or over", "women", "men", "transgender", "intersex", "other genders")


def test_one_comes_alone_with_somebody_close_or_guided_by_the_authorities():
    assert says("company", "alone", "close to you", "authorities")


def test_one_may_come_within_one_month():
    assert PACK.window is not None
    assert (PACK.window.months, PACK.window.days) == (1, None)
    assert from_page(PACK, "window")


def test_no_report_is_needed_though_it_is_encouraged():
    assert says("report", "do not have to report")
    assert says("report_encouraged", "encouraged", "not required")


def test_the_finnish_name_comes_from_the_words_for_such_an_offence():
    assert from_page(PACK, "founding.name")
    assert "Seri-tukikeskus" in EN.get("founding.name")


def test_after_a_month_four_other_kinds_of_service_help():
    later = [place.code for place in PACK.of_kind(PlaceKind.LATER)]
    assert later == ["health_centre", "family_counselling", "sexual_counsellor", "organisations"]
    assert all(from_page(PACK, f"places.{code}") for code in later)
    assert says("later", "health centre", "family counselling", "sexual counsellor", "organisations")


# ── What one gets ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_services_are_five_and_under_one_roof():
    codes = [service.code for service in PACK.services]
    assert codes == ["samples", "assessment", "next_days", "recovery", "treatment_plan"]
    assert all(from_page(PACK, f"services.{code}") for code in codes)
    assert says("one_roof", "one roof")


def test_organisations_services_are_told_about_all_the_way():
    assert says("third_sector", "organisations", "all the way")


def test_who_wishes_is_helped_to_start_the_legal_process():
    assert says("legal_process", "if you wish", "legal process")


# ── When ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-24T08:00", True),
        ("2026-11-27T17:59", True),
        ("2026-11-27T18:00", False),
        ("2026-11-28T12:00", False),
    ],
)
def test_the_full_service_is_there_on_weekdays_from_8_to_18(moment, is_open):
    assert PACK.open_at(at(moment)) is is_open
    assert from_page(PACK, "places.centre")
    assert says("full_service_hours", "weekdays", "8:00", "18:00")


def test_the_helpline_is_open_at_weekends_too():
    assert says("helpline_hours", "24 hours", "weekends")
    assert PACK.line_at(at("2026-11-28T03:00")).code == "helpline"


def test_at_other_hours_a_doctor_and_a_midwife_on_call_see_the_person_and_take_samples():
    assert PACK.night.rule is NightRule.ON_CALL
    assert PACK.night.duties == {"doctor", "midwife"}
    assert from_page(PACK, "night")
    assert says("night", "emergencies", "doctor", "midwife", "samples")


def test_then_one_comes_by_way_of_the_womens_hospitals_emergency_services():
    assert PACK.night.by_way_of == "emergency"
    assert PACK.place("emergency").kind is PlaceKind.EMERGENCY
    assert EN.get("places.emergency.name") == "Emergency Services of the Women's Hospital"
    assert says("night", "by way of the Women's Hospital's Emergency Services")


def test_in_an_emergency_one_always_calls_the_helpline():
    assert PACK.call_first.doors == {"on_call_now", "medical_now"}
    assert from_page(PACK, "call_first")
    assert says("emergency_call", "always call the helpline")


def test_those_under_16_are_cared_for_at_two_childrens_clinics():
    clinics = [EN.get(f"places.{place.code}.name") for place in PACK.of_kind(PlaceKind.CHILDREN)]
    assert clinics == [
        "Children's Hospital, paediatric emergency clinic",
        "Jorvi Hospital, paediatric emergency clinic",
    ]
    assert says("children", "under 16", "Children's Hospital", "Jorvi")


# ── Who works there, and how it came about ───────────────────────────────────────────────────────────────────


def test_five_work_there_each_for_as_much_as_the_page_says():
    assert {post.role: post.time for post in PACK.posts} == {
        "midwife_coordinator": PostTime.FULL,
        "psychologist": None,
        "social_worker": PostTime.PART,
        "doctor": PostTime.PART,
        "chaplain": PostTime.AVAILABLE,
    }
    assert all(from_page(PACK, f"staff.{post.role}") for post in PACK.posts)


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("model", ("first in Finland", "model")),
        ("founders", ("National Institute for Health and Welfare", "Women's Hospital")),
        ("funding", ("Ministry of Social Affairs and Health", "preparatory work", "funded")),
        ("convention", ("Istanbul Convention", "2015", "obliges Finland")),
    ],
)
def test_the_pack_says_who_founded_and_funded_it_and_on_what_ground(code, parts):
    assert from_page(PACK, f"founding.{code}")
    assert all(part in EN.get(f"founding.{code}") for part in parts)


def test_at_first_it_serves_those_who_live_in_three_towns():
    assert PACK.area is not None
    assert PACK.area.municipalities == ("helsinki", "espoo", "vantaa")
    assert PACK.area.by_home
    assert all(PACK.area.holds(name) for name in ("Helsinki", "Helsingfors", "Esbo", "Vanda", "espoo"))
    assert not any(PACK.area.holds(name) for name in ("Turku", "ship", "abroad"))
    assert says("residents", "Helsinki", "Espoo", "Vantaa")


# ── What the page does not say ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "key",
    [
        "places.centre.holidays",
        "area",
        "night.acute",
        "signs.emergency",
        "signs.medical",
        "duty",
        "said.holidays",
        "said.free",
        "said.who_answers",
        "said.anonymous",
        "said.interpreter",
    ],
)
def test_what_the_page_does_not_say_is_marked_as_an_example(key):
    assert dict(PACK.origins())[key].example


def test_nothing_else_is_an_example():
    assert sum(origin.example for _, origin in PACK.origins()) == 11


def test_numbers_addresses_and_hours_that_the_page_does_not_give_are_absent():
    others = [place for place in PACK.places if place.kind is not PlaceKind.CENTRE]
    assert {place.phone for place in PACK.places} == {None}
    assert {place.hours for place in others} == {None}
    assert [key for key in EN.texts if key.endswith(".address")] == ["places.centre.address"]


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-12-24T12:00", False),  # Christmas Eve
        ("2026-06-19T12:00", False),  # Midsummer Eve
        ("2027-12-06T12:00", False),  # Independence Day
        ("2026-12-31T12:00", True),  # New Year's Eve
    ],
)
def test_in_the_example_it_closes_on_public_holidays_and_the_two_eves_only(moment, is_open):
    assert PACK.open_at(at(moment)) is is_open
    assert PACK.hours_origin.example


def test_in_the_example_an_event_is_acute_for_72_hours():
    assert PACK.night.acute_within == dt.timedelta(hours=72)


def test_in_the_example_the_law_sets_the_duty_towards_those_under_18():
    assert PACK.duty is not None
    assert PACK.duty.under == 18
    assert "section 25" in PACK.words["en"].get("duty.law")
    assert PACK.duty.recipients == ("police", "child_welfare")


def test_the_emergency_number_is_the_countrys():
    assert PACK.emergency_phone == "112"
    assert not PACK.invented


def test_its_words_are_drafts_with_an_owner_by_role():
    for words in PACK.words.values():
        assert words.state == "draft"
        assert words.owner
