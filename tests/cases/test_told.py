"""What has been told: what may be kept, and the picture that it makes."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.cases.told import (
    ABOUT,
    Fact,
    NotTellable,
    Said,
    Telling,
    Topic,
    Unfit,
    checked,
    differ,
    event,
    read_time,
    standing,
    time_code,
    told,
)
from poukama.protocols.rules import Interval
from tests.factories import at

AT = at("2026-11-24T02:16")
HOUR = dt.timedelta(hours=1)
EVENING = Interval(at("2026-11-23T20:00"), at("2026-11-23T23:00"))
topics = st.sampled_from([Topic.NECK, Topic.TIME, Topic.COMPANION])


def key(number):
    return UUID(int=number)


def fact(number, topic=Topic.NECK, said=Said.NO, *, heard=0, corrects=None, **known):
    telling = Telling(topic, said, corrects=key(corrects) if corrects else None, **known)
    return Fact(key(number), telling, entry=key(100 + number), heard_by=1, heard_at=AT + heard * HOUR)


def timed(number, interval, **known):
    return fact(number, Topic.TIME, Said.TOLD, codes=frozenset({time_code(interval)}), **known)


facts = st.lists(
    st.builds(
        fact,
        st.integers(1, 6),
        topics,
        st.sampled_from([Said.YES, Said.NO, Said.UNKNOWN]),
        heard=st.integers(0, 3),
        corrects=st.one_of(st.none(), st.integers(1, 8)),
    ),
    max_size=6,
    unique_by=lambda each: each.id,
)


# ── The picture ──────────────────────────────────────────────────────────────────────────────────────────────


@given(facts)
def test_nothing_that_was_told_ever_disappears(known):
    shown = [account.fact for accounts in told(known).values() for account in accounts]
    assert sorted(shown, key=lambda each: each.id) == sorted(known, key=lambda each: each.id)


@given(facts, st.randoms())
def test_the_picture_is_the_same_in_whatever_order_things_arrive_and_however_often(known, random):
    shuffled = [*known, *known]
    random.shuffle(shuffled)
    assert told(shuffled) == told(known)


@given(facts, st.integers(0, 6))
def test_what_has_been_corrected_stays_corrected_whatever_comes_later(known, number):
    corrected = {
        account.fact.id for accounts in told(known[:number]).values() for account in accounts if not account.stands
    }
    later = {account.fact.id: account for accounts in told(known).values() for account in accounts}
    assert all(not later[each].stands for each in corrected)


@given(facts)
def test_a_corrected_fact_is_shown_with_every_fact_that_corrects_it(known):
    for topic, accounts in told(known).items():
        for account in accounts:
            others = [each for each in known if each.telling.topic is topic and each.id != account.fact.id]
            expected = {each.id for each in others if each.telling.corrects == account.fact.id}
            assert set(account.corrected_by) == expected
            assert account.stands is not bool(expected)


def test_two_accounts_that_do_not_correct_each_other_stand_side_by_side():
    picture = told([fact(1, said=Said.NO), fact(2, said=Said.YES, heard=1)])
    assert [each.telling.said for each in standing(picture, Topic.NECK)] == [Said.NO, Said.YES]
    assert differ(picture, Topic.NECK)


def test_two_accounts_that_say_the_same_do_not_differ():
    picture = told([fact(1), fact(2, heard=1)])
    assert len(standing(picture, Topic.NECK)) == 2
    assert not differ(picture, Topic.NECK)


def test_a_correction_stands_in_place_of_what_it_corrects():
    picture = told([fact(1, said=Said.NO), fact(2, said=Said.YES, heard=1, corrects=1)])
    assert [each.id for each in standing(picture, Topic.NECK)] == [key(2)]
    assert not differ(picture, Topic.NECK)
    assert picture[Topic.NECK][0].corrected_by == (key(2),)


@pytest.mark.parametrize("corrects", [2, 9])
def test_a_correction_of_itself_or_of_what_is_not_known_corrects_nothing(corrects):
    picture = told([fact(1), fact(2, corrects=corrects)])
    assert len(standing(picture, Topic.NECK)) == 2


def test_a_correction_of_another_topic_corrects_nothing():
    picture = told([fact(1), fact(2, Topic.COMPANION, corrects=1)])
    assert standing(picture, Topic.NECK) == (fact(1),)


def test_a_topic_of_which_nothing_was_told_has_not_been_asked():
    picture = told([fact(1, said=Said.UNSAID)])
    assert standing(picture, Topic.NECK)
    assert standing(picture, Topic.TIME) == ()


# ── When it happened ─────────────────────────────────────────────────────────────────────────────────────────


def test_an_event_that_nobody_has_timed_may_have_been_at_any_time():
    assert event(told([fact(1)])) == Interval()


def test_two_accounts_of_the_time_are_as_wide_as_both():
    late = Interval(at("2026-11-23T22:00"), at("2026-11-24T00:00"))
    assert event(told([timed(1, EVENING), timed(2, late)])) == Interval(EVENING.earliest, late.latest)
    assert event(told([timed(1, EVENING), timed(2, late, corrects=1, heard=1)])) == late


def test_an_end_that_one_account_leaves_open_is_open():
    since = Interval(at("2026-11-23T22:00"), None)
    assert event(told([timed(1, EVENING), timed(2, since)])) == Interval(EVENING.earliest, None)
    before = Interval(None, at("2026-11-23T22:00"))
    assert event(told([timed(1, EVENING), timed(2, before)])) == Interval(None, EVENING.latest)


@pytest.mark.parametrize("interval", [EVENING, Interval(None, AT), Interval(AT, None), Interval()])
def test_a_time_is_read_as_it_was_written(interval):
    assert read_time(time_code(interval)) == interval
    assert checked(Telling(Topic.TIME, codes=frozenset({time_code(interval)})), AT).codes


# ── What may be kept ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("telling", "unfit"),
    [
        (Telling(Topic.ACCOUNT), Unfit.EMPTY),
        (Telling(Topic.ACCOUNT, words=" \n"), Unfit.EMPTY),
        (Telling(Topic.NECK, Said.YES, own_words=True), Unfit.QUOTES_NOTHING),
        (Telling(Topic.NECK, codes=frozenset({"perhaps"})), Unfit.CODE),
        (Telling(Topic.COMPANION, codes=frozenset({"friend", "foe"})), Unfit.CODE),
        (Telling(Topic.COMPANION, Said.NO, codes=frozenset({"friend"})), Unfit.CODE),
        (Telling(Topic.MUNICIPALITY, codes=frozenset({"Espoo!"})), Unfit.CODE),
        (Telling(Topic.TIME, codes=frozenset({"yesterday"})), Unfit.CODE),
        (Telling(Topic.TIME, codes=frozenset({"2026-11-23T20:00:00Z/2026-11-23"})), Unfit.TIME),
        (Telling(Topic.TIME, codes=frozenset({"2026-11-23T20:00:00Z/2026-11-23T19:00:00Z"})), Unfit.TIME),
        (Telling(Topic.TIME, codes=frozenset({"../2027-11-23T19:00:00Z"})), Unfit.TIME),
        (Telling(Topic.TIME, codes=frozenset({"../../.."})), Unfit.CODE),
    ],
)
def test_a_telling_that_contradicts_itself_is_not_kept(telling, unfit):
    with pytest.raises(NotTellable) as why:
        checked(telling, AT)
    assert (why.value.topic, why.value.unfit) == (telling.topic, unfit)


@pytest.mark.parametrize(
    "telling",
    [
        Telling(Topic.NECK, Said.YES, words="a little", own_words=True),
        Telling(Topic.NECK, Said.UNKNOWN),
        Telling(Topic.COMPANION, codes=frozenset({"sibling"})),
        Telling(Topic.MUNICIPALITY, codes=frozenset({"espoo"})),
        Telling(Topic.TIME, words="after the bus home"),
    ],
)
def test_what_was_told_is_kept_as_it_was_told(telling):
    assert checked(telling, AT) == telling


@pytest.mark.parametrize("said", [said for said in Said if said is not Said.TOLD])
def test_unknown_unsaid_and_no_are_answers_to_every_topic(said):
    for topic in Topic:
        assert checked(Telling(topic, said), AT).said is said


def test_what_no_text_can_hold_is_taken_out_of_the_words():
    assert checked(Telling(Topic.ACCOUNT, words="a\0b\ud800"), AT).words == "ab\ufffd"


def test_every_topic_belongs_to_a_section():
    assert ABOUT.keys() == set(Topic)
