"""What a room is after what was written of it; lots, skills and mishaps that may be written down."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.premises.rules import (
    Cleaning,
    Condition,
    Lot,
    Outcome,
    Refused,
    RoomLine,
    Shown,
    Skill,
    State,
    Step,
    Supply,
    Unfit,
    Verb,
    Visitor,
    check,
    check_shown,
    check_step,
    condition,
)

AT = dt.datetime(2026, 11, 24, 4, 20, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 24)
ROOMS = ("1", "2")
WIPED = Cleaning("Agent", "A-1", 2, dt.timedelta(seconds=30))


def line(verb, outcome=None, minutes=0, **known):
    cleaning = WIPED if verb is Verb.CLEANED else None
    return RoomLine("1", verb, AT + dt.timedelta(minutes=minutes), outcome, **{"cleaning": cleaning, **known})


RELEASED = line(Verb.CLEANED, Outcome.PASSED)


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([], State.UNKNOWN),
        ([RELEASED], State.READY),
        ([line(Verb.CLEANED, Outcome.FAILED)], State.TO_CLEAN),
        ([RELEASED, line(Verb.TAKEN)], State.IN_USE),
        ([RELEASED, line(Verb.TAKEN), line(Verb.LEFT)], State.TO_CLEAN),
        ([RELEASED, line(Verb.ENTERED)], State.READY),
        ([RELEASED, line(Verb.SWABBED, Outcome.PASSED)], State.READY),
        ([RELEASED, line(Verb.SWABBED, Outcome.FAILED)], State.TO_CLEAN),
        ([RELEASED, line(Verb.LOCKED)], State.LOCKED),
        ([line(Verb.LOCKED), RELEASED], State.LOCKED),
        ([line(Verb.LOCKED), line(Verb.TAKEN)], State.LOCKED),
        ([line(Verb.LOCKED), line(Verb.SWABBED, Outcome.FAILED)], State.LOCKED),
        ([line(Verb.LOCKED), line(Verb.UNLOCKED)], State.TO_CLEAN),
    ],
)
def test_a_room_is_what_was_last_done_in_it(lines, state):
    assert condition(lines).state is state


def test_those_who_entered_are_counted_from_the_release():
    entered = line(Verb.ENTERED, visitor=Visitor.POLICE)
    assert condition([entered, RELEASED, entered, entered]).entered == 2
    assert condition([RELEASED, entered, RELEASED]) == Condition(State.READY, RELEASED.at)


_LINES = st.lists(
    st.sampled_from(
        [
            RELEASED,
            line(Verb.CLEANED, Outcome.FAILED),
            line(Verb.SWABBED, Outcome.PASSED),
            line(Verb.SWABBED, Outcome.FAILED),
            *(line(verb) for verb in (Verb.ENTERED, Verb.TAKEN, Verb.LEFT, Verb.LOCKED, Verb.UNLOCKED)),
        ]
    )
)


@given(_LINES)
def test_no_room_is_ready_but_by_a_cleaning_that_was_released_after_the_last_use(lines):
    if condition(lines).state is State.READY:
        last = max(n for n, each in enumerate(lines) if each is RELEASED)
        assert {each.verb for each in lines[last + 1 :]} <= {Verb.ENTERED, Verb.SWABBED}


@given(_LINES)
def test_a_locked_room_is_locked_until_it_is_unlocked(lines):
    verbs = [each.verb for each in lines]
    locked = Verb.LOCKED in verbs and Verb.UNLOCKED not in verbs[verbs.index(Verb.LOCKED) :]
    if locked:
        assert condition(lines).state is State.LOCKED


@pytest.mark.parametrize(
    ("wrong", "unfit"),
    [
        (RoomLine("9", Verb.LEFT, AT), Unfit.UNKNOWN_ROOM),
        (line(Verb.LEFT, minutes=1), Unfit.TO_COME),
        (line(Verb.LEFT, Outcome.PASSED), Unfit.NO_OUTCOME),
        (line(Verb.CLEANED), Unfit.NO_OUTCOME),
        (line(Verb.SWABBED, Outcome.PASSED, cleaning=WIPED), Unfit.NOT_CLEANING),
        (line(Verb.CLEANED, Outcome.PASSED, cleaning=None), Unfit.NOT_CLEANING),
        (line(Verb.CLEANED, Outcome.PASSED, cleaning=Cleaning("", "A", 1, dt.timedelta(1))), Unfit.NO_REAGENT),
        (line(Verb.CLEANED, Outcome.PASSED, cleaning=Cleaning("A", "", 1, dt.timedelta(1))), Unfit.NO_LOT),
        (line(Verb.CLEANED, Outcome.PASSED, cleaning=Cleaning("A", "A", 0, dt.timedelta(1))), Unfit.PASSES),
        (line(Verb.CLEANED, Outcome.PASSED, cleaning=Cleaning("A", "A", 21, dt.timedelta(1))), Unfit.PASSES),
        (line(Verb.CLEANED, Outcome.PASSED, cleaning=Cleaning("A", "A", 1, dt.timedelta())), Unfit.CONTACT),
        (line(Verb.CLEANED, Outcome.PASSED, cleaning=Cleaning("A", "A", 1, dt.timedelta(hours=3))), Unfit.CONTACT),
    ],
)
def test_a_line_that_says_too_little_or_too_much_is_refused(wrong, unfit):
    with pytest.raises(Refused) as refused:
        check(wrong, ROOMS, AT)
    assert refused.value.unfit is unfit


@pytest.mark.parametrize("right", [RELEASED, line(Verb.LEFT), line(Verb.SWABBED, Outcome.FAILED)])
def test_a_line_that_says_enough_is_kept(right):
    check(right, ROOMS, AT)


def test_a_lot_is_used_from_its_beginning_up_to_its_end_and_good_on_its_last_day():
    lot = Lot(Supply.GLOVES, "A-1", DAY, AT, AT + dt.timedelta(hours=1))
    assert not lot.in_use(AT - dt.timedelta(seconds=1))
    assert lot.in_use(AT)
    assert not lot.in_use(AT + dt.timedelta(hours=1))
    assert not lot.expired(DAY)
    assert lot.expired(DAY + dt.timedelta(days=1))


def test_what_was_shown_holds_from_its_day_to_its_last_day():
    shown = Shown(Skill.SAMPLING, DAY, DAY + dt.timedelta(days=1))
    days = [shown.holds(DAY + dt.timedelta(days=n)) for n in (-1, 0, 1, 2)]
    assert days == [False, True, True, False]
    assert not Shown(Skill.SAMPLING, DAY, taken_back=True).holds(DAY)
    assert Shown(Skill.ELIMINATION_LIST, DAY).holds(dt.date(2099, 1, 1))


@pytest.mark.parametrize(
    ("wrong", "unfit"),
    [
        (Shown(Skill.SAMPLING, DAY + dt.timedelta(days=1), dt.date(2099, 1, 1)), Unfit.TO_COME),
        (Shown(Skill.SAMPLING, DAY, DAY - dt.timedelta(days=1)), Unfit.EXPIRES_FIRST),
        (Shown(Skill.SAMPLING, DAY), Unfit.NO_EXPIRY),
        (Shown(Skill.ELIMINATION_LIST, DAY, DAY), Unfit.NO_EXPIRY),
    ],
)
def test_what_was_shown_says_until_when_and_the_elimination_list_has_no_end(wrong, unfit):
    with pytest.raises(Refused) as refused:
        check_shown(wrong, DAY)
    assert refused.value.unfit is unfit


def test_what_holds_no_more_needs_no_end():
    check_shown(Shown(Skill.SAMPLING, DAY, taken_back=True), DAY)
    check_shown(Shown(Skill.ELIMINATION_LIST, DAY), DAY)


def test_a_mishap_takes_words_until_it_is_closed():
    check_step([Step.WRITTEN, Step.ADDED], "x")
    with pytest.raises(Refused, match="no_words"):
        check_step([], " \n")
    with pytest.raises(Refused, match="ended"):
        check_step([Step.WRITTEN, Step.CLOSED], "x")
