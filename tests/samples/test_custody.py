"""Custody: what can happen next, what needs a reason, what is impossible."""

import datetime as dt
from dataclasses import replace

import pytest

from poukama.protocols.sampling import Storage
from poukama.samples import custody
from poukama.samples.custody import (
    About,
    Condition,
    Confirmed,
    Irregular,
    Kind,
    Refusal,
    Refused,
    SealSeen,
    Standing,
    Step,
    Why,
    check,
    checked,
    coming,
    irregular,
    replayed,
    standing,
)

AT = dt.datetime(2026, 11, 24, 3, 20, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
ME, SHE, SEAL = "member:7", "member:8", "00312147"
BOTH = Confirmed.BOTH_HERE
TAKEN = Step(Kind.TAKEN, receiver=ME, rests_on="consent:4")
STORE = Step(Kind.STORED, receiver="store", place="J2", storage="dry", rests_on="consent:5")
SEALED = Step(Kind.SEALED, seal=SEAL)
RELEASE = Step(Kind.RELEASED, receiver="police", confirmed=BOTH, rests_on="consent:9")
RETURN = Step(Kind.RETURNED, receiver=ME, confirmed=BOTH)
MISSING = Step(Kind.MISSING)
FOUND = Step(Kind.FOUND, reason=Why.MISCOUNTED)
DESTROY = Step(Kind.DESTROYED, receiver="destroyed", witness=SHE, rests_on="consent:9", reason=Why.CLIENT_DECIDED)


def chain(*steps, by=ME):
    """The newest entry after these steps, a minute apart, each of which can be."""
    last = None
    for number, step in enumerate(steps):
        last = next_to(last, step, AT + number * MINUTE, by)
    return last


def next_to(last, step, at=AT + 60 * MINUTE, by=ME):
    entry = coming(last, step, About(3, "N00312147", by, at))
    return checked(last, entry, Storage.DRY)


def refused(refusal):
    return pytest.raises(Refused, match=f"^{refusal}$")


def test_a_sample_goes_from_swab_to_destruction():
    steps = (
        TAKEN,
        Step(Kind.DRYING, place="K1"),
        Step(Kind.DRIED),
        Step(Kind.PACKED),
        SEALED,
        Step(Kind.HANDED, receiver=SHE, confirmed=BOTH),
        STORE,
        Step(Kind.FETCHED, receiver=ME),
        RELEASE,
        RETURN,
        STORE,
        MISSING,
        FOUND,
        Step(Kind.OPENED, seal="", reason=Why.TO_REPACK),
        replace(SEALED, seal="00312244"),
        DESTROY,
    )
    last = chain(*steps)
    assert (last.number, last.receiver, standing(last)) == (16, "destroyed", Standing.DESTROYED)


def test_where_it_is_stays_until_it_changes_hands():
    last = chain(TAKEN, SEALED, STORE, MISSING)
    assert (last.place, last.seal, last.receiver, standing(last)) == ("J2", SEAL, "store", Standing.MISSING)
    assert chain(TAKEN, SEALED, STORE, Step(Kind.FETCHED, receiver=SHE)).place == ""
    assert standing(chain(TAKEN, SEALED, RELEASE)) is Standing.LEFT
    assert standing(chain(TAKEN)) is Standing.HERE


@pytest.mark.parametrize(
    ("before", "step", "refusal"),
    [
        ((), STORE, Refusal.NOT_TAKEN),
        ((), replace(TAKEN, receiver=""), Refusal.NOBODY),
        ((), replace(TAKEN, rests_on=""), Refusal.NO_GROUND),
        ((TAKEN,), TAKEN, Refusal.TAKEN),
        ((TAKEN, DESTROY), FOUND, Refusal.OVER),
        ((TAKEN, DESTROY), RETURN, Refusal.OVER),
        ((TAKEN, SEALED, replace(RELEASE, receiver="client")), RETURN, Refusal.OVER),
        ((TAKEN, SEALED, RELEASE), STORE, Refusal.NOT_HERE),
        ((TAKEN,), RETURN, Refusal.IS_HERE),
        ((TAKEN, MISSING), STORE, Refusal.MISSING),
        ((TAKEN, MISSING), MISSING, Refusal.MISSING),
        ((TAKEN,), FOUND, Refusal.NOT_MISSING),
        ((TAKEN, SEALED), replace(STORE, receiver=SHE), Refusal.NOBODY),
        ((TAKEN, SEALED), replace(STORE, place=""), Refusal.NO_PLACE),
        ((TAKEN,), Step(Kind.DRYING), Refusal.NO_PLACE),
        ((TAKEN,), Step(Kind.DRYING, place="K1", receiver=SHE), Refusal.NOBODY),
        ((TAKEN,), Step(Kind.FETCHED, receiver=SHE), Refusal.NOBODY),
        ((TAKEN, SEALED), Step(Kind.HANDED, receiver=SHE), Refusal.UNCONFIRMED),
        ((TAKEN, SEALED), Step(Kind.HANDED, receiver=ME, confirmed=BOTH), Refusal.NOBODY),
        ((TAKEN, SEALED), replace(RELEASE, receiver=SHE), Refusal.NOBODY),
        ((TAKEN, SEALED), replace(RELEASE, confirmed=Confirmed.NOT), Refusal.UNCONFIRMED),
        ((TAKEN, SEALED), replace(RELEASE, rests_on=""), Refusal.NO_GROUND),
        ((TAKEN, SEALED, RELEASE), replace(RETURN, receiver="laboratory"), Refusal.NOBODY),
        ((TAKEN, SEALED), SEALED, Refusal.SEALED),
        ((TAKEN,), Step(Kind.SEALED), Refusal.NOT_SEALED),
        ((TAKEN,), Step(Kind.OPENED, reason=Why.TO_REPACK), Refusal.NOT_SEALED),
        ((TAKEN, SEALED), Step(Kind.OPENED, reason=Why.TO_REPACK), Refusal.SEALED),
        ((TAKEN, SEALED), replace(STORE, seal="00312244"), Refusal.SEALED),
        ((TAKEN,), replace(STORE, seal="00312244"), Refusal.NOT_SEALED),
        ((TAKEN,), replace(DESTROY, witness=""), Refusal.NOT_OF_TWO),
        ((TAKEN,), replace(DESTROY, witness=ME), Refusal.NOT_OF_TWO),
        ((TAKEN,), replace(DESTROY, rests_on=""), Refusal.NO_GROUND),
        ((TAKEN,), replace(DESTROY, receiver="store", place="J2"), Refusal.NOBODY),
        ((TAKEN,), Step(Kind.DRIED, acted_at=AT + 61 * MINUTE), Refusal.TIMES),
        ((TAKEN,), Step(Kind.DRIED, seen=2), Refusal.CHANGED),
        ((TAKEN,), Step(Kind.EXPLAINED, receiver="police", reason=Why.FORGOTTEN), Refusal.NOBODY),
    ],
)
def test_an_impossible_step_is_refused(before, step, refusal):
    last = chain(*before)
    with refused(refusal):
        next_to(last, step)


def test_two_holders_at_once_are_impossible():
    last = chain(TAKEN, SEALED)
    entry = coming(last, STORE, About(3, "N00312147", ME, AT + 60 * MINUTE))
    for wrong in (replace(entry, giver=SHE), replace(entry, number=2)):
        with refused(Refusal.NOT_THE_HOLDER):
            check(last, wrong)


@pytest.mark.parametrize(
    ("before", "step", "found"),
    [
        ((TAKEN,), STORE, Irregular.UNSEALED),
        ((TAKEN, SEALED), replace(STORE, storage="fridge"), Irregular.OTHER_STORAGE),
        ((TAKEN, SEALED), replace(STORE, seal_seen=SealSeen.BROKEN), Irregular.SEAL_BROKEN),
        ((TAKEN, SEALED), replace(STORE, condition=Condition.DAMP), Irregular.CONDITION),
        ((TAKEN, SEALED), replace(STORE, acted_at=AT), Irregular.OUT_OF_TIME),
        ((TAKEN, MISSING), replace(FOUND, reason=""), Irregular.GAP),
        ((TAKEN,), Step(Kind.EXPLAINED, receiver=SHE), Irregular.GAP),
        ((TAKEN, SEALED), Step(Kind.OPENED, seal=""), Irregular.OPENING),
        ((TAKEN,), replace(DESTROY, reason=""), Irregular.ENDING),
    ],
)
def test_an_irregular_step_is_kept_with_its_reason_and_not_without(before, step, found):
    last = chain(*before)
    with refused(Refusal.NO_REASON):
        next_to(last, step)
    entry = next_to(last, replace(step, reason=Why.NOT_KNOWN))
    assert irregular(last, entry, Storage.DRY) == {found}


def test_a_regular_step_needs_no_reason():
    last = chain(TAKEN, SEALED)
    assert irregular(None, chain(TAKEN), Storage.DRY) == frozenset()
    assert irregular(last, next_to(last, STORE), Storage.DRY) == frozenset()


def test_entries_are_replayed_to_the_newest_and_an_impossible_one_is_not():
    one = chain(TAKEN)
    two = next_to(one, SEALED)
    assert replayed([]) is None
    assert replayed([one, two]) == two
    with refused(Refusal.TAKEN):
        replayed([one, one])


def test_no_entry_has_the_hash_of_another_and_the_one_before_is_part_of_it():
    last = chain(TAKEN, SEALED, STORE)
    assert custody.hash_of(last, b"") != custody.hash_of(last, b"1")
    changed = {"place": "J3", "receiver": "police", "number": 4, "sample": "N00312244", "centre": 4, "witness": SHE}
    hashes = {custody.hash_of(replace(last, **{name: value}), b"") for name, value in changed.items()}
    assert len(hashes | {custody.hash_of(last, b"")}) == len(changed) + 1
