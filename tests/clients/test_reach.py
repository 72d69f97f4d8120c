"""No way leads to a client but those that they opened, as long as they hold, at their hours."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.clients.consents import Act, Answer, Purpose, Recipient
from poukama.clients.reach import BY_US, Channel, Closed, NotAWay, NoWay, Unusable, check, may_reach, standing
from tests.clients.saying import HOUR, NOW, make_entry, make_way

moments = st.integers(-4, 4).map(lambda hours: NOW + hours * HOUR)
ways = st.builds(
    make_way,
    hours=st.sampled_from(["24/7", "Mo-Su 09:00-15:00", "Tu 02:00-05:00"]),
    key=st.sampled_from([UUID(int=1), UUID(int=2), UUID(int=3)]),
    channel=st.sampled_from(Channel),
    open=st.booleans(),
    said_at=moments,
    expires=st.none() | moments,
    number=st.integers(1, 9),
)
answers = st.builds(make_entry, answer=st.sampled_from(Answer), act=st.just(BY_US), said_at=moments)


def tries(said, ledger, channel, at):
    """The way, or why there is none."""
    try:
        return may_reach(said, ledger, channel, at)
    except NoWay as no_way:
        return no_way.closed


@given(st.lists(ways, max_size=6), st.lists(answers, max_size=3), st.sampled_from(Channel), moments)
def test_whatever_way_there_is_the_client_opened_it_last_and_it_holds_now(said, ledger, channel, at):
    way = tries(said, ledger, channel, at)
    if isinstance(way, Closed):
        return
    assert way in said
    assert way.open
    assert way.channel is channel
    assert way.said_at <= at < (way.expires or dt.datetime.max.replace(tzinfo=dt.UTC))
    assert way.hours.open_at(at)
    later = [each for each in said if each.key == way.key and at >= each.said_at > way.said_at]
    assert later == []


@given(st.lists(ways, max_size=6), st.sampled_from(Channel), moments)
def test_no_way_is_open_without_the_clients_opening(said, channel, at):
    never = [way for way in said if way.channel is not channel or not way.open or way.said_at > at]
    assert isinstance(tries(never, [], channel, at), Closed)


@given(st.lists(ways, max_size=6), st.sampled_from([Answer.NO, Answer.NOT_NOW]), st.sampled_from(Channel))
def test_no_to_contact_closes_every_way_at_once(said, answer, channel):
    ledger = [make_entry(Answer.YES, BY_US), make_entry(answer, BY_US, said_at=NOW)]
    assert tries(said, ledger, channel, NOW) is Closed.NO_CONTACT


@given(st.lists(ways, max_size=6), moments)
def test_a_way_closed_now_is_closed_now(said, at):
    for way in said:
        closed = [*said, make_way(key=way.key, channel=way.channel, open=False, said_at=at, number=99)]
        assert way.key not in {each.key for each in standing(closed, at) if each.open}


def test_no_to_something_else_closes_nothing():
    other = Act(Purpose.CONTACT, Recipient.SUPPORT_SERVICE)
    assert tries([make_way()], [make_entry(Answer.NO, other)], Channel.CALL, NOW) == make_way()


@pytest.mark.parametrize(
    ("way", "closed"),
    [
        (make_way(channel=Channel.EMAIL), Closed.NEVER_OPENED),
        (make_way(said_at=NOW + HOUR), Closed.NEVER_OPENED),
        (make_way(open=False), Closed.CLOSED),
        (make_way(expires=NOW), Closed.EXPIRED),
        (make_way("Mo-Fr 09:00-15:00"), Closed.OUTSIDE_HOURS),
    ],
)
def test_a_refusal_says_why(way, closed):
    assert tries([way], [], Channel.CALL, NOW) is closed


def test_a_way_is_open_up_to_its_end_and_not_at_it():
    assert tries([make_way(expires=NOW)], [], Channel.CALL, NOW - dt.timedelta(seconds=1)) == make_way(expires=NOW)


def test_outside_the_hours_it_is_said_when_they_begin():
    said = [
        make_way("Mo-Fr 09:00-15:00"),
        make_way("Mo-Fr 08:00-15:00", key=UUID(int=2)),
        make_way(key=UUID(int=3), open=False),
    ]
    with pytest.raises(NoWay) as no_way:
        may_reach(said, [], Channel.CALL, NOW)
    assert no_way.value.closed is Closed.OUTSIDE_HOURS
    assert no_way.value.opens == dt.datetime(2026, 11, 24, 6, 0, tzinfo=dt.UTC)


def test_hours_that_come_after_the_end_are_not_promised():
    with pytest.raises(NoWay) as no_way:
        may_reach([make_way("Mo-Fr 09:00-15:00", expires=NOW + HOUR)], [], Channel.CALL, NOW)
    assert no_way.value.opens is None


def test_a_second_way_serves_while_the_first_is_shut():
    open_now = make_way(key=UUID(int=2), address="040 000 0001")
    assert tries([make_way(open=False), open_now], [], Channel.CALL, NOW) == open_now


def test_the_newest_word_on_a_way_holds_in_the_order_of_writing():
    at_once = [make_way(open=False, number=2), make_way(number=1)]
    assert tries(at_once, [], Channel.CALL, NOW) is Closed.CLOSED


@pytest.mark.parametrize(
    ("way", "unusable"),
    [
        (make_way(address="  "), Unusable.ADDRESS),
        (make_way(expires=NOW - HOUR), Unusable.OVER),
        (make_way("off"), Unusable.NEVER),
        (make_way("Mo-Fr 09:00-15:00", expires=NOW), Unusable.NEVER),
    ],
)
def test_a_way_that_could_never_be_used_is_not_taken_down(way, unusable):
    with pytest.raises(NotAWay) as refused:
        check(way)
    assert refused.value.unusable is unusable


@pytest.mark.parametrize("way", [make_way(), make_way("Mo-Fr 09:00-15:00"), make_way(expires=NOW)])
def test_a_way_that_can_be_used_is_taken_down(way):
    check(way)
