"""Tasks, times and clocks of a case."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.cases.rules import (
    SECTION_OF,
    Arising,
    Doing,
    Present,
    Refusal,
    Refused,
    There,
    Title,
    Turn,
    clocks,
    for_duties,
    for_withdrawal,
    happened,
    is_late,
    key_of_task,
    section_of,
)
from poukama.cases.walls import Section
from poukama.centres.rules import Duty
from poukama.clients.consents import Act, Effect, Purpose, Recipient
from poukama.clients.duties import DutyTask, Step, tasks_for
from poukama.doors.known import Age
from poukama.protocols.rules import ClockState, Interval
from poukama.staff.rules import Role
from tests.factories import ORIGIN, at, make_window

AT = at("2026-11-24T03:20")
HOUR = dt.timedelta(hours=1)
TURN = Turn(Role.MIDWIFE)


@pytest.mark.parametrize("turn", [{}, {"role": Role.DOCTOR, "member": 3}])
def test_a_task_is_one_roles_or_one_members_turn(turn):
    with pytest.raises(Refused) as why:
        Turn(**turn)
    assert why.value.refusal is Refusal.NO_TURN


@pytest.mark.parametrize("there", [{"who": Present.STAFF}, {"who": Present.COMPANION, "member": 3}])
def test_of_those_who_are_there_staff_are_members_and_others_are_not(there):
    with pytest.raises(Refused) as why:
        There(**there)
    assert why.value.refusal is Refusal.NOBODY


def test_every_title_but_other_has_its_section():
    assert SECTION_OF.keys() == set(Title) - {Title.OTHER}
    assert section_of(Doing(Title.STATEMENT, TURN, section=Section.SOCIAL)) is Section.FORENSIC


@pytest.mark.parametrize("known", [{}, {"words": "flowers"}, {"words": " ", "section": Section.SOCIAL}])
def test_another_task_says_what_it_is_and_where_it_belongs(known):
    with pytest.raises(Refused) as why:
        section_of(Doing(Title.OTHER, TURN, **known))
    assert why.value.refusal is Refusal.NO_WORDS
    assert section_of(Doing(Title.OTHER, TURN, "a key", section=Section.SOCIAL)) is Section.SOCIAL


@pytest.mark.parametrize(
    ("due", "done", "late"),
    [
        (None, None, False),
        (AT, None, False),
        (AT - HOUR, None, True),
        (AT - HOUR, AT, False),
        (AT + HOUR, None, False),
    ],
)
def test_a_task_is_late_when_its_time_has_passed_and_it_is_not_done(due, done, late):
    assert is_late(due, done, AT) is late


def test_what_is_written_down_has_happened():
    assert happened(None, AT) == AT
    assert happened(AT - HOUR, AT) == AT - HOUR
    with pytest.raises(Refused) as why:
        happened(AT + HOUR, AT)
    assert why.value.refusal is Refusal.TIMES


WINDOWS = (make_window(120, code="other"), make_window(24, code="mouth"), make_window(2, code="passed"))


def test_the_clock_that_runs_out_first_is_on_top_and_those_that_have_run_out_are_last():
    event = Interval(AT - 8 * HOUR, AT - 5 * HOUR)
    shown = clocks(WINDOWS, event, AT)
    assert [each.window.code for each in shown] == ["mouth", "other", "passed"]
    assert shown[-1].state is ClockState.PASSED


def test_an_unapproved_window_is_shown_like_the_others_and_says_that_it_is_not_approved():
    (shown,) = clocks([make_window(24, approved_by="")], Interval(), AT)
    assert not shown.window.approved


@given(st.permutations(WINDOWS), st.integers(0, 200), st.integers(0, 200))
def test_no_clock_is_left_out_whatever_is_known_of_the_time(windows, one, other):
    latest, earliest = sorted((one, other))
    event = Interval(AT - earliest * HOUR, AT - latest * HOUR)
    assert {each.window.code for each in clocks(windows, event, AT)} == {"other", "mouth", "passed"}
    assert clocks(windows, event, AT) == clocks(WINDOWS, event, AT)


# ── Tasks that come of something else ────────────────────────────────────────────────────────────────────────


def duty(recipient, step):
    return DutyTask(recipient, recipient, 18, "a law", example=True, since=AT, step=step)


@pytest.mark.parametrize(
    ("steps", "titles"),
    [
        ((Step.TELL_CLIENT, Step.TELL_CLIENT), [Title.TELL_POLICE, Title.TELL_CHILD_WELFARE]),
        ((Step.SEND, Step.TELL_CLIENT), [Title.TELL_POLICE, Title.TELL_CHILD_WELFARE]),
        ((Step.SENT, Step.SEND), [Title.TELL_CHILD_WELFARE]),
        ((Step.SENT, Step.SENT), []),
        ((Step.ASK_AGE, Step.ASK_AGE), [Title.ASK_AGAIN]),
        ((Step.SEND, Step.ASK_AGE), [Title.TELL_POLICE, Title.ASK_AGAIN]),
    ],
)
def test_a_duty_makes_a_task_for_each_who_is_not_informed_yet(steps, titles):
    duties = [duty(who, step) for who, step in zip((Recipient.POLICE, Recipient.CHILD_WELFARE), steps, strict=True)]
    found = for_duties(duties, TURN)
    assert [each.title for each in found] == titles
    assert {each.arising for each in found} <= {Arising.DUTY}


def test_an_authority_that_has_no_word_of_its_own_is_named():
    (found,) = for_duties([duty(Recipient.SHELTER, Step.TELL_CLIENT)], TURN)
    assert (found.title, found.words, section_of(found)) == (Title.OTHER, "shelter", Section.LEGAL)


def test_an_authority_that_we_have_no_word_for_is_named_as_the_pack_names_it():
    (task,) = tasks_for(Age(16, 17), Duty(18, ("harbour office",), ORIGIN), since=AT, grounds=(), left=(), at=AT)
    (found,) = for_duties([task], TURN)
    assert (found.title, found.words) == (Title.OTHER, "harbour office")


def test_a_consent_withdrawn_is_a_task_if_it_stops_something_or_something_has_left():
    act = Act(Purpose.TESTING, Recipient.LABORATORY)
    (found,) = for_withdrawal(Effect((act,), ()), TURN)
    assert (found.title, found.arising) == (Title.STOP_AND_RECALL, Arising.CONSENT)
    assert for_withdrawal(Effect((), ()), TURN) == ()


def test_a_task_that_comes_of_something_has_one_key_however_often_it_is_looked_at():
    one, other = (UUID(int=number) for number in (1, 2))
    doing = Doing(Title.STOP_AND_RECALL, TURN, arising=Arising.CONSENT)
    assert key_of_task(one, doing, "7") == key_of_task(one, doing, "7")
    assert len({key_of_task(case, doing, came) for case in (one, other) for came in ("7", "8")}) == 4
