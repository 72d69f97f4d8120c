"""What becomes of samples, their order, and what is out of order with a kit or a seal."""

import datetime as dt
from uuid import UUID

import pytest

from poukama.config.settings import ROOT
from poukama.protocols.sampling import Answered, Irregular, can_be_added
from poukama.protocols.sampling_file import read_sampling
from poukama.samples.rules import (
    Deviation,
    Reason,
    Refusal,
    Refused,
    Standing,
    State,
    Wet,
    answered,
    expired,
    items_at,
    out_of_order,
)

A, B, C = (UUID(int=number) for number in (1, 2, 3))


def standings(*states, early=()):
    return [
        Standing(sample, position, sample in early, state)
        for position, (sample, state) in enumerate(zip((A, B, C), states, strict=True), 1)
    ]


@pytest.mark.parametrize("state", [State.NOT_WANTED, State.NOT_RELEVANT, State.TAKEN])
def test_what_is_decided_keeps_nothing_back(state):
    assert not out_of_order(B, standings(state, State.NOT_YET, State.NOT_YET))


def test_what_waits_before_it_is_out_of_order_unless_it_may_come_early():
    waiting = (State.NOT_YET, State.NOT_YET, State.NOT_YET)
    assert out_of_order(B, standings(*waiting))
    assert not out_of_order(B, standings(*waiting, early={B}))
    assert not out_of_order(A, standings(*waiting))


def test_what_comes_after_what_follows_it_is_out_of_order():
    assert out_of_order(
        A,
        standings(
            State.NOT_YET,
            State.NOT_YET,
            State.TAKEN,
        ),
    )


def test_items_are_the_protocols_and_the_first_of_wet_then_dry_is_moistened():
    protocol = read_sampling(ROOT / "centres" / "helsinki")
    assert protocol is not None
    skin = [step for step in can_be_added(protocol, ()) if step.key in ("skin.place", "mouth.swabs")]
    items = [item for position, step in enumerate(skin, 1) for item in items_at(step, position, place=3)]
    assert [(item.group, item.item, item.wet, item.position, item.place) for item in items] == [
        ("mouth", 1, Wet.UNSAID, 1, 3),
        ("mouth", 2, Wet.UNSAID, 1, 3),
        ("skin", 1, Wet.WET, 2, 3),
        ("skin", 2, Wet.DRY, 2, 3),
    ]


@pytest.mark.parametrize("irregular", Irregular)
def test_what_the_protocol_refuses_is_refused_and_what_it_is_silent_of_too(irregular):
    for answers in ({}, {irregular: Answered.REFUSE}):
        with pytest.raises(Refused):
            answered(irregular, answers, Reason.NOT_KNOWN)


@pytest.mark.parametrize("irregular", Irregular)
def test_what_the_protocol_records_needs_a_reason(irregular):
    answers = {irregular: Answered.RECORD}
    assert answered(irregular, answers, Reason.NO_OTHER_THERE) == Deviation(irregular.value)
    with pytest.raises(Refused, match=f"^{Refusal.NO_REASON}$"):
        answered(irregular, answers, None)


def test_a_kit_can_be_used_on_its_last_day_and_one_without_never_expires():
    day = dt.date(2026, 11, 24)
    assert [expired(day + dt.timedelta(days), day) for days in (-1, 0, 1)] == [True, False, False]
    assert not expired(None, day)
