"""Nothing is done and nothing leaves but on a consent that holds, or a legal ground that somebody answers for."""

import datetime as dt
from dataclasses import fields
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.clients import consents
from poukama.clients.consents import (
    Act,
    Answer,
    Capacity,
    Entry,
    Left,
    LegalGround,
    NoGround,
    NotSound,
    Purpose,
    Recipient,
    Refusal,
    Unsound,
    answer_to,
    effect_of,
    ground_for,
    in_force_at,
    newest,
    told_first,
)
from tests.clients.saying import HOUR, NOW, RELEASE, make_entry, make_ground

PART = Act(Purpose.RELEASE, Recipient.POLICE, "swabs")
OTHER_PART = Act(Purpose.RELEASE, Recipient.POLICE, "clothes")
ELSEWHERE = Act(Purpose.RELEASE, Recipient.LABORATORY)
acts = st.sampled_from([RELEASE, PART, OTHER_PART, ELSEWHERE])
moments = st.integers(-4, 4).map(lambda hours: NOW + hours * HOUR)
entries = st.builds(
    make_entry,
    answer=st.sampled_from(Answer),
    act=acts,
    said_at=moments,
    ends=st.none() | moments,
    capacity=st.sampled_from(Capacity),
    number=st.integers(1, 50),
)
ledgers = st.lists(entries, max_size=6, unique_by=lambda entry: entry.number)
grounds = st.builds(
    make_ground,
    key=st.sampled_from([UUID(int=1), UUID(int=2)]),
    act=acts,
    named_at=moments,
    ends=moments,
    told_at=st.none() | moments,
    untold=st.sampled_from(["", " ", "In danger if told"]),
    number=st.integers(1, 50),
)


def tried(act, ledger, named, at):
    """What an act rests on, or why on nothing."""
    try:
        return ground_for(act, ledger, named, at)
    except NoGround as none:
        return none.refusal


@given(acts, ledgers, st.lists(grounds, max_size=3), moments)
def test_no_act_is_opened_without_a_yes_or_a_ground_that_holds(act, ledger, named, at):
    ground = tried(act, ledger, named, at)
    if isinstance(ground, Entry):
        assert ground in ledger
        assert ground.answer is Answer.YES
        assert ground.capacity is not Capacity.NOT_NOW
        assert ground.act in (act, RELEASE if act != ELSEWHERE else act)
        assert ground.said_at <= at
        assert ground.ends is None or at < ground.ends
    elif isinstance(ground, LegalGround):
        assert ground in named
        assert ground.act.covers(act)
        assert ground.named_at <= at < ground.ends
        assert ground.untold.strip() or (ground.told_at and ground.told_at <= at)


@given(acts, ledgers, moments)
def test_without_a_legal_ground_every_refusal_is_refused(act, ledger, at):
    without = [entry for entry in ledger if entry.answer is not Answer.YES]
    assert isinstance(tried(act, without, [], at), Refusal)


@given(acts, ledgers, st.sampled_from([Answer.NO, Answer.NOT_NOW]), moments)
def test_taking_back_wins_at_once(act, ledger, answer, at):
    taken_back = make_entry(answer, act, said_at=at, number=99)
    before = [entry for entry in ledger if entry.said_at <= at]
    assert tried(act, [*before, taken_back], [], at) in (Refusal.NO, Refusal.NOT_NOW)


@given(ledgers, st.sampled_from([PART, OTHER_PART]), moments)
def test_taking_back_the_whole_takes_back_each_part(ledger, part, at):
    before = [entry for entry in ledger if entry.said_at <= at]
    taken_back = make_entry(Answer.NO, RELEASE, said_at=at, number=99)
    assert tried(part, [*before, taken_back], [], at) is Refusal.NO


def test_a_yes_to_the_whole_does_not_undo_a_no_to_a_part():
    ledger = [make_entry(Answer.NO, PART, said_at=NOW - 2 * HOUR), make_entry(Answer.YES, RELEASE)]
    assert tried(PART, ledger, [], NOW) is Refusal.NO
    assert tried(OTHER_PART, ledger, [], NOW) == ledger[1]


def test_a_yes_to_a_part_opens_that_part_alone():
    ledger = [make_entry(Answer.YES, PART)]
    assert tried(PART, ledger, [], NOW) == ledger[0]
    assert tried(OTHER_PART, ledger, [], NOW) is Refusal.NOT_ASKED
    assert tried(RELEASE, ledger, [], NOW) is Refusal.NOT_ASKED


def test_of_two_that_open_an_act_the_newer_is_named():
    ledger = [make_entry(act=PART, said_at=NOW - 2 * HOUR, number=1), make_entry(act=RELEASE, number=2)]
    assert tried(PART, ledger, [], NOW) == ledger[1]


@given(ledgers, moments, st.randoms())
def test_the_order_in_which_the_ledger_is_read_makes_no_difference(ledger, at, random):
    shuffled = random.sample(ledger, len(ledger))
    assert newest(shuffled, at) == newest(ledger, at)
    assert tried(PART, shuffled, [], at) == tried(PART, ledger, [], at)


def test_answers_of_one_moment_hold_in_the_order_of_writing():
    ledger = [make_entry(Answer.NO, number=2), make_entry(Answer.YES, number=1)]
    assert answer_to(RELEASE, ledger, NOW) is Answer.NO


def test_a_yes_from_paper_written_down_late_does_not_undo_a_no_that_was_said_after_it():
    ledger = [make_entry(Answer.NO, said_at=NOW - HOUR, number=1), make_entry(said_at=NOW - 2 * HOUR, number=2)]
    assert tried(RELEASE, ledger, [], NOW) is Refusal.NO


@pytest.mark.parametrize(
    ("ledger", "refusal"),
    [
        ([], Refusal.NOT_ASKED),
        ([make_entry(Answer.NOT_ASKED)], Refusal.NOT_ASKED),
        ([make_entry(Answer.NOT_NOW)], Refusal.NOT_NOW),
        ([make_entry(Answer.NO)], Refusal.NO),
        ([make_entry(ends=NOW)], Refusal.ENDED),
        ([make_entry(said_at=NOW + HOUR)], Refusal.NOT_ASKED),
        ([make_entry(act=ELSEWHERE)], Refusal.NOT_ASKED),
    ],
)
def test_a_refusal_says_why(ledger, refusal):
    assert tried(RELEASE, ledger, [], NOW) is refusal


def test_a_refusal_names_the_act():
    with pytest.raises(NoGround) as none:
        ground_for(PART, [], [], NOW)
    assert none.value.act == PART


def test_a_yes_ends_at_its_end():
    assert tried(RELEASE, [make_entry(ends=NOW)], [], NOW - dt.timedelta(seconds=1)) == make_entry(ends=NOW)


# ── Legal grounds ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_legal_ground_opens_what_was_refused_and_names_itself():
    assert tried(RELEASE, [make_entry(Answer.NO)], [make_ground()], NOW) == make_ground()


def test_a_consent_that_holds_comes_before_a_legal_ground():
    assert tried(RELEASE, [make_entry()], [make_ground()], NOW) == make_entry()


@pytest.mark.parametrize(
    ("ground", "refusal"),
    [
        (make_ground(told_at=None), Refusal.NOT_TOLD),
        (make_ground(told_at=NOW + HOUR), Refusal.NOT_TOLD),
        (make_ground(told_at=None, untold=" "), Refusal.NOT_TOLD),
        (make_ground(ends=NOW), Refusal.NOT_ASKED),
        (make_ground(named_at=NOW + HOUR), Refusal.NOT_ASKED),
        (make_ground(ELSEWHERE), Refusal.NOT_ASKED),
        (make_ground(PART), Refusal.NOT_ASKED),
    ],
)
def test_a_legal_ground_that_does_not_hold_here_and_now_opens_nothing(ground, refusal):
    assert tried(RELEASE, [], [ground], NOW) is refusal


def test_a_reason_may_stand_for_not_telling_first():
    ground = make_ground(told_at=None, untold="In danger if told")
    assert told_first(ground, NOW)
    assert tried(RELEASE, [], [ground], NOW) == ground


def test_a_ground_for_the_whole_opens_a_part():
    assert tried(PART, [], [make_ground()], NOW) == make_ground()


def test_a_ground_that_was_told_of_is_found_beside_one_that_was_not():
    told = make_ground(key=UUID(int=2))
    assert tried(RELEASE, [], [make_ground(told_at=None), told], NOW) == told


def test_an_ended_ground_is_over_at_once():
    ended = make_ground(named_at=NOW, ends=NOW, number=2)
    assert in_force_at([make_ground(number=1), ended], NOW) == ()


def test_nothing_in_an_act_an_answer_or_a_ground_says_to_let_it_pass():
    names = {field.name for kind in (Act, Entry, LegalGround) for field in fields(kind)}
    assert not [
        name for name in names if any(word in name for word in ("override", "force", "skip", "allow", "bypass"))
    ]


@pytest.mark.parametrize(
    ("entry", "unsound"),
    [
        (make_entry(capacity=Capacity.NOT_NOW), Unsound.CANNOT_DECIDE),
        (make_entry(ends=NOW - HOUR), Unsound.OVER),
    ],
)
def test_a_yes_that_would_not_hold_is_not_taken_down(entry, unsound):
    with pytest.raises(NotSound) as refused:
        consents.check(entry)
    assert refused.value.unsound is unsound


def test_a_no_counts_whoever_says_it():
    consents.check(make_entry(Answer.NO, capacity=Capacity.NOT_NOW))
    assert tried(RELEASE, [make_entry(Answer.NO, capacity=Capacity.NOT_NOW)], [], NOW) is Refusal.NO


@pytest.mark.parametrize(
    ("ground", "unsound"),
    [
        (make_ground(law=" "), Unsound.NO_LAW),
        (make_ground(reason=""), Unsound.NO_REASON),
        (make_ground(ends=NOW - HOUR), Unsound.OVER),
        (make_ground(told_at=NOW), Unsound.NOT_YET),
    ],
)
def test_a_ground_without_its_parts_is_not_taken_down(ground, unsound):
    with pytest.raises(NotSound) as refused:
        consents.check_ground(ground)
    assert refused.value.unsound is unsound


@pytest.mark.parametrize("ground", [make_ground(), make_ground(told_at=None)])
def test_a_sound_ground_is_taken_down_and_may_be_told_of_later(ground):
    consents.check_ground(ground)


# ── Taking back ──────────────────────────────────────────────────────────────────────────────────────────────


def test_taking_back_says_what_stops_and_what_has_left():
    ledger = [make_entry(act=PART, number=1), make_entry(act=OTHER_PART, number=2), make_entry(act=ELSEWHERE, number=3)]
    gone = [Left(OTHER_PART, NOW - HOUR / 2, consent=2), Left(PART, NOW - HOUR, consent=1), Left(ELSEWHERE, NOW)]
    taken_back = make_entry(Answer.NO, said_at=NOW, number=4)
    effect = effect_of(taken_back, [*ledger, taken_back], gone, NOW)
    assert effect.stops == (OTHER_PART, PART)
    assert effect.left == (gone[1], gone[0])


def test_what_was_not_open_does_not_stop():
    no = make_entry(Answer.NO, said_at=NOW, number=2)
    assert effect_of(no, [no], [], NOW).stops == ()
    yes = make_entry(said_at=NOW, number=3)
    assert effect_of(yes, [no, yes], [], NOW).stops == ()


@given(ledgers, entries, moments)
def test_whatever_stops_was_open_and_is_not(ledger, entry, at):
    entry = make_entry(entry.answer, entry.act, said_at=at, number=99)
    for act in effect_of(entry, [*ledger, entry], [], at).stops:
        assert isinstance(tried(act, ledger, [], at), Entry)
        assert isinstance(tried(act, [*ledger, entry], [], at), Refusal)
