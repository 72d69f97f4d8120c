"""The list of centres and a centre's page: the door by the clock, a number for each, and the date it was checked."""

import datetime as dt
import re

import pytest

from poukama.guide.elsewhere import Named, by_region, read_named
from poukama.guide.links import AsFiles
from poukama.guide.pages import LANGUAGES, Page
from tests.factories import at
from tests.guide.installations import NIGHT, installed
from tests.guide.reading import attribute, having, named, text
from tests.guide.showing import every_language, every_pack, said, shown


@every_language
def test_the_door_changes_at_night(language):
    day, night = shown(Page.CENTRE, language), shown(Page.CENTRE, language, when=NIGHT)
    assert len(having(day, "data-door", "day")) == 1
    assert having(day, "data-door", "night") == []
    assert having(night, "data-door", "day") == []
    assert len(having(night, "data-door", "night")) == 1


@every_language
def test_a_site_that_is_closed_is_no_way_in_now(language):
    tuesday, monday = at("2026-11-24T12:00"), at("2026-11-23T12:00")
    ways = [len(having(shown(Page.CENTRE, language, "satama", when=when), "data-door")) for when in (tuesday, monday)]
    assert ways == [2, 1]


@every_language
def test_a_page_without_a_clock_shows_both_doors(language):
    file = shown(Page.CENTRE, language, links=AsFiles("https://weather.example/", "fi/keskukset/helsinki.html"))
    assert [attribute(door, "data-door") for door in having(file, "data-door")] == ["day", "night"]


@every_pack
@every_language
def test_every_centre_that_is_listed_has_a_name_a_number_a_night_rule_and_a_date(front, language):
    cards = having(shown(Page.CENTRES, language, front, practice=True), "class", "card")
    assert len(cards) == len(installed(front, practice=True).packs)
    for card in cards:
        assert text(named(card, "h3")[0])
        assert named(card, "bdi")
        assert len(named(card, "p")) >= 4
        assert re.search(r"2026", text(named(card, "p")[-1]))


def test_an_invented_centre_is_listed_in_practice_only():
    assert "Satama" not in said(Page.CENTRES, "en")
    assert "Satama" in said(Page.CENTRES, "en", practice=True)


@every_language
def test_a_centre_elsewhere_without_a_number_is_found_through_ours(language):
    cards = having(shown(Page.CENTRES, language), "data-elsewhere")
    assert len(cards) == 8
    assert all(text(named(card, "bdi")[0]) == "040 701 8446" for card in cards)


def test_a_date_older_than_ninety_days_stands_out():
    seen = dt.date(2026, 8, 1)
    here = (Named("bay", dict.fromkeys(LANGUAGES, "Bay"), dict.fromkeys(LANGUAGES, "Coast"), "", seen),)
    assert [each.stale for _, group in by_region(here, "en", seen + dt.timedelta(days=90)) for each in group] == [False]
    assert [each.stale for _, group in by_region(here, "en", seen + dt.timedelta(days=91)) for each in group] == [True]
    later = shown(Page.CENTRES, "en", when=at("2027-03-01T12:00"))
    assert all(named(card, "strong")[-1] for card in having(later, "data-elsewhere"))
    assert "It may have changed." in text(later)
    assert "It may have changed." not in said(Page.CENTRES, "en")


def test_a_centre_that_has_a_page_here_is_not_named_twice():
    codes = {attribute(card, "data-elsewhere") for card in having(shown(Page.CENTRES, "en"), "data-elsewhere")}
    assert "helsinki" not in codes


def test_without_a_list_nobody_is_named(tmp_path):
    assert read_named(tmp_path / "others.toml") == ()


def test_a_wrong_list_says_what_is_wrong(tmp_path):
    (tmp_path / "others.toml").write_text('[centres.bay]\nchecked = "yesterday"\n')
    with pytest.raises(ValueError, match=r"centres\.bay\.checked"):
        read_named(tmp_path / "others.toml")
