"""Every combination that the page can show equals what the engine says: in each pack and hour, live and as files."""

import datetime as dt
from functools import lru_cache
from itertools import product

import pytest
from django.test.html import Element

from poukama.core import phones
from poukama.doors.known import Asker, Note
from poukama.doors.rules import Route, route
from poukama.guide import rules
from poukama.guide.links import AsFiles, Links, OnServer
from poukama.guide.page import html
from poukama.guide.pages import LANGUAGES, Address, Page
from tests.factories import make_line, make_pack
from tests.guide.installations import MOMENTS, NIGHT, OPEN, PACKS, installed
from tests.guide.reading import attribute, having, named, text, tree

pytestmark = pytest.mark.usefixtures("plain_static")

FILES = AsFiles("https://weather.example/", "fi/apua.html")


@lru_cache(maxsize=64)
def page(pack: str, at: dt.datetime, language: str = "fi", links: Links | None = None) -> Element:
    return tree(html(Address(Page.HELP, language), installed(pack), at=at, practice=False, links=links or OnServer()))


@lru_cache(maxsize=64)
def engine(pack: str, at: dt.datetime) -> dict[str, Route]:
    policy = installed(pack).policy
    known = rules.questions(policy.pack, at).combinations()
    return {token: route(each, policy, on_call=policy.pack.night.duties, at=at) for token, each in known.items()}


def sections_for(whole: Element, token: str, kind: str, hours: str = "") -> list[Element]:
    """What of a kind (doors or notes) the style sheet leaves in sight for a combination, in a state of the centre."""
    return [
        each
        for each in having(whole, kind)
        if token in (attribute(each, "data-for") or "").split() and attribute(each, "data-hours") in {None, hours}
    ]


def door_and_notes(whole: Element, token: str, hours: str = "") -> tuple[str, str, set[str]]:
    doors = [each for each in sections_for(whole, token, "data-door", hours)]
    assert len(doors) == 1, f"{token}: {len(doors)} answers"
    notes = {attribute(each, "data-note") or "" for each in sections_for(whole, token, "data-note", hours)}
    return attribute(doors[0], "data-door") or "", attribute(doors[0], "data-also") or "", notes


def told(found: Route) -> tuple[str, str, set[str]]:
    sections = {Note.UNDER_18_DUTY, Note.PRESERVE, Note.POLICE_OPTIONAL}
    return str(found.door), " ".join(found.also), {str(note) for note in found.notes if note in sections}


@pytest.mark.parametrize(("pack", "at"), list(product(PACKS, MOMENTS)))
def test_every_combination_shows_the_engines_door_and_notes(pack, at):
    whole = page(pack, at)
    expected = engine(pack, at)
    assert {token: door_and_notes(whole, token) for token in expected} == {
        token: told(found) for token, found in expected.items()
    }


@pytest.mark.parametrize(("pack", "at"), list(product(PACKS, MOMENTS)))
def test_every_answer_tells_the_engines_number_places_and_opening(pack, at):
    whole = page(pack, at, "en")
    centre = installed(pack).front
    words = centre.words["en"]
    for token, found in engine(pack, at).items():
        (section,) = sections_for(whole, token, "data-door")
        said = text(section)
        assert phones.shown(found.phone, centre.country) in said, token
        assert all(words.get(f"places.{place.code}.name") in said for place in found.places), token
        ways = {attribute(each, "data-way") for each in having(section, "data-way")}
        assert {found.door, *found.also} <= ways, token


@pytest.mark.parametrize("pack", PACKS)
def test_files_tell_both_states_as_the_engine_does(pack):
    centre = installed(pack).front
    whole = page(pack, OPEN, links=FILES)
    open_at, closed_at = rules.open_and_closed(centre, OPEN)
    for at, hours in ((open_at, "open"), (closed_at, "closed"), (NIGHT, "closed")):
        for token, found in engine(pack, at).items():
            assert door_and_notes(whole, token, hours) == told(found), (token, hours)


@pytest.mark.parametrize("pack", PACKS)
def test_files_say_the_same_whenever_they_are_written(pack):
    written = {html(Address(Page.HELP, "fi"), installed(pack), at=at, practice=False, links=FILES) for at in MOMENTS}
    assert len(written) == 1


@pytest.mark.parametrize(("pack", "at"), list(product(PACKS, MOMENTS)))
def test_whom_help_is_looked_for_changes_no_door(pack, at):
    policy = installed(pack).policy
    for token, known in rules.questions(policy.pack, at).combinations().items():
        doors = {
            route(rules.asked_by(known, asker), policy, on_call=policy.pack.night.duties, at=at).door
            for asker in (Asker.UNKNOWN, Asker.SELF, Asker.CLOSE_PERSON)
        }
        assert len(doors) == 1, token


@pytest.mark.parametrize(("pack", "at"), list(product(PACKS, MOMENTS)))
def test_a_heading_says_exactly_whom_the_answer_is_for(pack, at):
    """The words name a range for each question, so the choices that lead to an answer must fill those ranges."""
    for answer in rules.answers(installed(pack).policy, at):
        filled = {"".join(letters) for letters in product(*(answer.chosen(question) for question in range(3)))}
        assert filled == answer.tokens


@pytest.mark.parametrize(("pack", "language"), list(product(PACKS, LANGUAGES)))
def test_every_answer_says_for_whom_it_is(pack, language):
    whole = page(pack, NIGHT, language)
    said = [text(having(section, "class", "for")[0]) for section in having(whole, "data-door")]
    assert all(said)
    assert len(set(said)) == len(said)


def test_the_duty_towards_minors_stands_before_every_answer():
    sections = [each for each in named(page("helsinki", OPEN), "section") if having(each, "data-for")[:1] == [each]]
    assert attribute(sections[0], "data-note") == "under_18_duty"
    assert attribute(sections[1], "data-door")


@pytest.mark.parametrize("at", [OPEN, NIGHT])
def test_nobody_known_to_be_a_minor_reads_that_they_decide_about_the_police(at):
    minors = {token for token, found in engine("helsinki", at).items() if Note.UNDER_18_DUTY in found.notes}
    choices = [
        each for each in having(page("helsinki", at, "en"), "data-for") if "decide whether to report" in text(each)
    ]
    assert len(choices) == 2
    for each in choices:
        shown_to = set((attribute(each, "data-for") or "").split())
        assert "18 or over" in text(each)
        assert {token for token in shown_to & minors if token[1] != rules.UNKNOWN} == set()


@pytest.mark.parametrize("at", [OPEN, NIGHT])
def test_what_holds_for_adults_is_read_by_whoever_has_not_said_an_age_and_by_no_minor(at):
    groups = [
        set((attribute(each, "data-for") or "").split())
        for each in having(page("helsinki", at, "en"), "data-for")
        if "decide whether to report" in text(each)
    ]
    ages = {token[1] for tokens in groups for token in tokens}
    assert ages == {"2", rules.UNKNOWN}


def test_a_pack_without_a_duty_promises_nothing_about_the_police():
    assert "police" not in text(named(page("laakso", OPEN, "en"), "main")[0])


def test_an_example_is_said_only_in_a_practice_version():
    def shown(practice: bool) -> str:
        address = Address(Page.HELP, "en")
        return html(address, installed("helsinki", practice=practice), at=OPEN, practice=practice, links=OnServer())

    for sentence in ("The help is free of charge.", "A midwife answers.", "You need not say your name"):
        assert sentence not in shown(practice=False)
        assert sentence in shown(practice=True)
    assert "anonymously" not in shown(practice=False)


@pytest.mark.parametrize(
    ("at", "language", "sentence"),
    [
        (OPEN, "fi", "Keskus on auki. Tämä pätee, kunnes aukiolo muuttuu tänään klo 18.00."),
        (
            NIGHT,
            "sv",
            "Centret är stängt nu, telefonen är öppen. Det här gäller tills öppettiden ändras i dag kl. 8.00.",
        ),
        (MOMENTS[2], "en", "This holds until the hours change on Monday 30 November at 08:00."),
    ],
)
def test_the_answer_says_until_when_it_holds(at, language, sentence):
    assert sentence in text(page("helsinki", at, language))


def test_a_file_gives_every_number_that_answers_in_a_state_of_the_centre():
    late = (make_line("day", "Mo-Su 08:00-22:00"), make_line("night", phone="+358400000001"))
    assert rules.lines_while(make_pack(lines=late), False, OPEN) == ("+358400000000", "+358400000001")
    assert rules.lines_while(make_pack(lines=late), True, OPEN) == ("+358400000000",)
