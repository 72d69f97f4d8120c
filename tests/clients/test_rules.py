"""Guardians see what was decided while somebody is a minor; records joined and parted are what they were."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.clients.rules import (
    NATIONAL,
    CannotJoin,
    Guardians,
    Joining,
    NotJoinable,
    check_joining,
    guardians_may_see,
    joined_to,
    records_of,
)
from poukama.doors.known import ANY_AGE, Age
from tests.clients.saying import HOUR, NOW

IDS = [UUID(int=number) for number in range(1, 7)]
ids = st.sampled_from(IDS)
# The last three have an official identifier.
OFFICIAL = frozenset(IDS[3:])


@pytest.mark.parametrize("guardians", Guardians)
@pytest.mark.parametrize(
    ("age", "minor"), [(Age(16, 17), True), (Age(17, 18), False), (ANY_AGE, False), (Age(18, 18), False)]
)
def test_guardians_see_a_minors_record_by_two_of_the_four_values(guardians, age, minor):
    shown = guardians in (Guardians.NOT_CAPABLE_SHOWN, Guardians.CAPABLE_ALLOWS)
    assert guardians_may_see(guardians, age, minor_under=18) is (shown and minor)


def test_the_four_national_values_have_their_numbers_and_not_asked_has_none():
    assert sorted(NATIONAL.values()) == ["1", "2", "3", "4"]
    assert set(Guardians) - NATIONAL.keys() == {Guardians.NOT_ASKED}


def joined_after(steps):
    """What stands together after trying these steps, each a temporary and an official record, or a parting."""
    said: list[Joining] = []
    for number, (temporary, official) in enumerate(steps):
        now = joined_to(said, NOW)
        if official is None:
            if temporary in now:
                said.append(Joining(temporary, now[temporary], False, NOW, number))
            continue
        try:
            check_joining(temporary, official, now, has_official=OFFICIAL)
        except CannotJoin:
            continue
        said.append(Joining(temporary, official, True, NOW, number))
    return said


@given(st.lists(st.tuples(ids, st.none() | ids), max_size=12))
def test_only_temporary_records_stand_with_official_ones_and_never_in_a_chain(steps):
    now = joined_to(joined_after(steps), NOW)
    assert not set(now) & OFFICIAL
    assert set(now.values()) <= OFFICIAL


@given(st.lists(st.tuples(ids, st.none() | ids), max_size=12), ids)
def test_joining_and_parting_gives_both_back(steps, official):
    said = joined_after(steps)
    before = joined_to(said, NOW)
    for temporary in IDS[:3]:
        if temporary in before or official not in OFFICIAL:
            continue
        joined = [*said, Joining(temporary, official, True, NOW, 98)]
        assert records_of(temporary, joined_to(joined, NOW)) == records_of(official, joined_to(joined, NOW))
        parted = [*joined, Joining(temporary, official, False, NOW, 99)]
        assert joined_to(parted, NOW) == before
        assert records_of(temporary, joined_to(parted, NOW)) == {temporary}


@given(st.lists(st.tuples(ids, st.none() | ids), max_size=12), ids)
def test_each_record_is_one_of_the_persons_own_and_they_all_agree(steps, record):
    now = joined_to(joined_after(steps), NOW)
    mine = records_of(record, now)
    assert record in mine
    assert all(records_of(other, now) == mine for other in mine)


def test_what_is_said_later_does_not_hold_yet():
    assert joined_to([Joining(IDS[0], IDS[3], True, NOW + HOUR, 1)], NOW) == {}


@pytest.mark.parametrize(
    ("temporary", "official", "joined", "why"),
    [
        (3, 3, {}, NotJoinable.SAME),
        (0, 1, {}, NotJoinable.NO_OFFICIAL),
        (3, 4, {}, NotJoinable.NOT_TEMPORARY),
        (0, 3, {0: 4}, NotJoinable.JOINED),
        (0, 3, {3: 4}, NotJoinable.JOINED),
        (0, 3, {1: 0}, NotJoinable.JOINED),
    ],
)
def test_records_that_cannot_be_joined_say_why(temporary, official, joined, why):
    now = {IDS[one]: IDS[other] for one, other in joined.items()}
    with pytest.raises(CannotJoin) as refused:
        check_joining(IDS[temporary], IDS[official], now, has_official=OFFICIAL)
    assert refused.value.why is why


def test_a_second_temporary_record_may_join_the_same_official_one():
    check_joining(IDS[0], IDS[3], {IDS[1]: IDS[3]}, has_official=OFFICIAL)
