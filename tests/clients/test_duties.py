"""A duty makes a task for each authority until the day somebody is of age, and the client hears of it first."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from poukama.centres.rules import Duty
from poukama.clients.consents import Act, Left, NoGround, Purpose, Recipient, ground_for
from poukama.clients.duties import Step, date_at, notice_to, tasks_for, unknown_recipients
from poukama.clients.identity import Identity, age_on
from poukama.doors.known import ANY_AGE, Age
from tests.clients.saying import HOUR, NOW, make_ground
from tests.factories import EXAMPLE, ORIGIN

DUTY = Duty(18, ("police", "child_welfare"), ORIGIN)
MINOR = Age(16, 17)
WELFARE = notice_to(Recipient.CHILD_WELFARE)
HELSINKI, MARIEHAMN, AZORES = (ZoneInfo(name) for name in ("Europe/Helsinki", "Europe/Mariehamn", "Atlantic/Azores"))


def tasks(age=MINOR, duty=DUTY, grounds=(), left=(), at=NOW):
    return tasks_for(age, duty, since=NOW - HOUR, grounds=grounds, left=left, at=at)


def steps(**given):
    return [task.step for task in tasks(**given)]


def test_a_task_says_whom_by_which_law_and_since_when():
    police, welfare = tasks()
    assert (police.recipient, welfare.recipient) == (Recipient.POLICE, Recipient.CHILD_WELFARE)
    assert (police.under, police.law, police.since, police.example) == (18, "page", NOW - HOUR, False)
    assert welfare.act == WELFARE


def test_a_duty_that_nobody_has_approved_is_an_example():
    assert tasks(duty=replace(DUTY, origin=EXAMPLE))[0].example


@pytest.mark.parametrize(
    ("age", "step"),
    [
        (Age(15, 15), Step.TELL_CLIENT),
        (Age(17, 17), Step.TELL_CLIENT),
        (Age(17, 18), Step.ASK_AGE),
        (ANY_AGE, Step.ASK_AGE),
        (Age(0, None), Step.ASK_AGE),
    ],
)
def test_an_age_under_the_limit_asks_to_tell_and_one_that_may_be_asks_the_age(age, step):
    assert steps(age=age) == [step, step]


@pytest.mark.parametrize("age", [Age(18, 18), Age(18, None), Age(40, 50)])
def test_from_the_limit_on_there_is_no_task(age):
    assert tasks(age=age) == ()


def test_a_centre_without_a_duty_has_no_tasks():
    assert tasks(age=Age(12, 12), duty=None) == ()


@pytest.mark.parametrize("under", [16, 18])
@pytest.mark.parametrize("zone", [HELSINKI, MARIEHAMN, AZORES], ids=str)
@pytest.mark.parametrize("birthday", [(11, 24), (2, 29), (1, 1), (3, 29)], ids=str)
def test_the_day_before_the_birthday_is_under_age_and_the_day_itself_is_not(under, zone, birthday):
    month, day = birthday
    born = dt.date(2008, month, day)
    turns = dt.date(2008 + under, month, day) if (month, day) != (2, 29) else dt.date(2008 + under, 3, 1)
    if (month, day, under) == (2, 29, 16):
        turns = dt.date(2024, 2, 29)
    midnight = dt.datetime(turns.year, turns.month, turns.day, tzinfo=zone).astimezone(dt.UTC)
    for at, expected in ((midnight - dt.timedelta(seconds=1), 2), (midnight, 0)):
        day_there = date_at(at, zone)
        age = age_on(Identity(born=born), None, said=day_there, on=day_there)
        assert len(tasks(age=age, duty=replace(DUTY, under=under), at=at)) == expected


def test_the_same_moment_is_two_dates_in_two_zones():
    moment = dt.datetime(2026, 11, 23, 22, 30, tzinfo=dt.UTC)
    assert (date_at(moment, HELSINKI), date_at(moment, AZORES)) == (dt.date(2026, 11, 24), dt.date(2026, 11, 23))


def test_the_client_is_told_before_anything_is_sent():
    untold = make_ground(WELFARE, told_at=None)
    assert steps(grounds=[untold]) == [Step.TELL_CLIENT, Step.TELL_CLIENT]
    with pytest.raises(NoGround):
        ground_for(WELFARE, [], [untold], NOW)
    told = replace(untold, told_at=NOW, named_at=NOW, number=1)
    assert steps(grounds=[untold, told]) == [Step.TELL_CLIENT, Step.SEND]
    assert ground_for(WELFARE, [], [untold, told], NOW) == told


def test_a_reason_not_to_tell_first_lets_it_be_sent():
    assert steps(grounds=[make_ground(WELFARE, told_at=None, untold="In danger if told")])[1] is Step.SEND


def test_a_ground_for_the_police_lets_nothing_be_sent_to_child_welfare():
    assert steps(grounds=[make_ground(notice_to(Recipient.POLICE))]) == [Step.SEND, Step.TELL_CLIENT]


def test_what_has_left_is_sent_and_what_will_is_not():
    assert steps(left=[Left(WELFARE, NOW)]) == [Step.TELL_CLIENT, Step.SENT]
    assert steps(left=[Left(WELFARE, NOW + HOUR)]) == [Step.TELL_CLIENT, Step.TELL_CLIENT]


def test_a_recipient_that_we_have_no_word_for_is_named():
    assert unknown_recipients(replace(DUTY, recipients=("police", "harbour_master"))) == ("harbour_master",)
    assert unknown_recipients(None) == ()


# ── Whom we have no word for ─────────────────────────────────────────────────────────────────────────────────


def test_an_authority_that_we_have_no_word_for_has_its_task_under_the_packs_name():
    harbour, police = tasks(duty=replace(DUTY, recipients=("Harbour Office", "police")))
    assert (harbour.recipient, harbour.name, harbour.step) == (Recipient.OTHER, "Harbour Office", Step.TELL_CLIENT)
    assert harbour.act == Act(Purpose.NOTICE, Recipient.OTHER, "harbour_office")
    assert police.act == notice_to("police")


def test_what_went_to_one_of_them_did_not_go_to_another():
    duty = replace(DUTY, recipients=("harbour", "港", "lighthouse"))
    left = [Left(notice_to("港"), NOW)]
    assert [task.step for task in tasks(duty=duty, left=left)] == [Step.TELL_CLIENT, Step.SENT, Step.TELL_CLIENT]
