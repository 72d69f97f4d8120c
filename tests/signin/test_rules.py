"""How long a session lasts, when it locks, and when a name is shut out."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.gate.rules import Permission
from poukama.signin.rules import (
    AT_THE_DOOR,
    MOST_TRIES,
    Limits,
    Stay,
    Verdict,
    judge,
    key_of,
    left,
    newer,
    oneself,
    proved_lately,
    shut_until,
)
from tests.signin.proofs import NOW

LIMITS = Limits()
STAY = Stay(NOW, NOW, NOW, whole=True)
MINUTES = st.integers(0, 800).map(lambda minutes: dt.timedelta(minutes=minutes))


def after(minutes: float) -> dt.datetime:
    return NOW + dt.timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "in_call", "verdict"),
    [
        (4.9, False, Verdict.PASS),
        (5, False, Verdict.LOCKED),
        (5, True, Verdict.PASS),
        (19.9, True, Verdict.PASS),
        (20, True, Verdict.LOCKED),
    ],
)
def test_a_session_locks_after_five_minutes_and_with_a_contact_open_after_twenty(minutes, in_call, verdict):
    assert judge(STAY, LIMITS, at=after(minutes), in_call=lambda: in_call) is verdict


def test_whether_a_contact_is_open_is_asked_only_where_it_decides():
    def asked() -> bool:
        raise AssertionError

    judge(STAY, LIMITS, at=after(1), in_call=asked)
    judge(STAY, LIMITS, at=after(21), in_call=asked)
    judge(replace(STAY, locked=True), LIMITS, at=after(6), in_call=asked)


def test_a_session_ends_after_twelve_hours_whatever_is_done():
    busy = replace(STAY, active=after(719))
    assert judge(busy, LIMITS, at=after(719), in_call=lambda: True) is Verdict.PASS
    assert judge(replace(busy, active=after(720)), LIMITS, at=after(720), in_call=lambda: True) is Verdict.STRANGER


def test_who_has_no_session_of_ours_is_a_stranger_and_half_a_session_wants_its_step():
    assert judge(None, LIMITS, at=NOW, in_call=lambda: False) is Verdict.STRANGER
    assert judge(replace(STAY, whole=False), LIMITS, at=NOW, in_call=lambda: False) is Verdict.STEP_MISSING


@given(idle=MINUTES, in_call=st.booleans(), whole=st.booleans(), locked=st.booleans())
def test_what_is_left_is_nothing_exactly_when_nothing_is_reached(idle, in_call, whole, locked):
    stay = replace(STAY, whole=whole, locked=locked)
    rest = left(stay, LIMITS, at=NOW + idle, in_call=lambda: in_call)
    verdict = judge(stay, LIMITS, at=NOW + idle, in_call=lambda: in_call)
    assert (rest > dt.timedelta(0)) is (verdict in {Verdict.PASS, Verdict.STEP_MISSING})


@given(st.lists(st.integers(0, 600), max_size=12), st.integers(0, 900))
def test_a_name_is_shut_out_exactly_while_five_tries_count(seconds, now):
    at = NOW + dt.timedelta(seconds=now)
    tries = [NOW + dt.timedelta(seconds=each) for each in seconds]
    counting = [each for each in tries if at - dt.timedelta(minutes=5) < each <= at]
    until = shut_until(tries, at)
    assert (until is not None) is (len(counting) >= MOST_TRIES)
    if until is not None:
        assert at < until <= at + dt.timedelta(minutes=5)
        assert shut_until([each for each in tries if each <= at], until) is None


def test_activity_is_written_down_in_steps_and_a_proof_grows_old():
    assert not newer(STAY, NOW + dt.timedelta(seconds=14))
    assert newer(STAY, NOW + dt.timedelta(seconds=15))
    assert proved_lately(STAY, after(14))
    assert not proved_lately(STAY, after(15))


def test_who_stands_at_the_door_may_do_nothing_else():
    for actor in (AT_THE_DOOR, oneself(7)):
        assert {each for each in Permission if actor.may_somewhere(each)} == {Permission.SIGN_IN}


@given(st.text())
def test_what_is_kept_of_a_name_does_not_hold_it(name):
    kept = key_of(name, "secret")
    assert len(kept) == 32
    assert kept == key_of(f" {name.strip().upper().lower()} ", "secret") or name.casefold() != name.upper().lower()
