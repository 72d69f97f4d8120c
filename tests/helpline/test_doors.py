"""A door that is taken, a call that is promised, and who is told."""

import datetime as dt
from uuid import uuid4

import pytest
from django.http import Http404

from poukama.doors.known import Door
from poukama.helpline import access, actions
from poukama.helpline.answers import SafeContact
from poukama.helpline.rules import (
    ArrivalState,
    Means,
    Option,
    Outcome,
    Reached,
    Ref,
    Refusal,
    Refused,
)
from tests.factories import at
from tests.helpline.night import MINUTE, NIGHT, SAFE, Desk, changes

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_coming_now_makes_an_expected_arrival_with_what_was_told(desk):
    ref = desk.begin()
    desk.save(ref, called_name="Aino", language="sv", age="18-", when="hours_6")
    desk.do(actions.take_door, ref, option=Option.COME_NOW, due=NIGHT + 40 * MINUTE)
    desk.do(actions.tell, ref, duty="doctor", told=NIGHT)
    (arrival,) = access.night(desk.centre, by=desk.by, at=NIGHT).arrivals
    assert (arrival.contact, arrival.called_name, arrival.door) == (ref, "Aino", Door.ON_CALL_NOW)
    assert (arrival.due, arrival.answers.language) == (NIGHT + 40 * MINUTE, "sv")
    assert [(each.duty, each.means, each.at, each.by) for each in arrival.told] == [
        ("doctor", Means.PHONE, NIGHT, "Maija")
    ]


@pytest.mark.parametrize("said_first", [True, False])
def test_who_comes_is_expected_at_the_hour_that_they_say_whether_before_or_after_it_is_agreed(desk, said_first):
    ref = desk.begin()
    if said_first:
        desk.save(ref, arrives="03:20")
    desk.do(actions.take_door, ref, option=Option.COME_NOW)
    if not said_first:
        desk.save(ref, arrives="03:20")
    (arrival,) = desk.read(ref).arrivals
    assert arrival.due == at("2026-11-24T03:20")
    desk.save(ref, 2, arrives="")
    assert [each.due for each in desk.read(ref).arrivals] == [None]


def test_another_door_may_be_taken_than_is_suggested_and_both_are_kept(desk):
    ref = desk.begin()
    desk.save(ref, age="18-", when="hours_6")
    desk.do(actions.take_door, ref, option=Option.APPOINTMENT)
    kept = desk.read(ref)
    assert kept.suggestion
    assert kept.taken
    assert (kept.suggestion.door, kept.taken.option, kept.taken.door) == (
        Door.ON_CALL_NOW,
        Option.APPOINTMENT,
        Door.CENTRE_NEXT,
    )
    desk.do(actions.end, ref)
    assert desk.read(ref).outcome is Outcome.APPOINTMENT


def test_whoever_takes_another_door_is_expected_no_longer(desk):
    ref = desk.begin()
    for option in (Option.COME_NOW, Option.COME_NOW, Option.INFORMATION):
        desk.do(actions.take_door, ref, option=option)
    assert [arrival.state for arrival in desk.read(ref).arrivals] == [ArrivalState.WITHDRAWN]
    assert access.night(desk.centre, by=desk.by, at=NIGHT).arrivals == ()


def test_a_call_is_promised_with_a_safe_way_by_a_time(desk):
    ref = desk.begin()
    desk.do(actions.call_back, ref, changes=SAFE, due=NIGHT + HOUR)
    (call,) = access.night(desk.centre, by=desk.by, at=NIGHT + 2 * HOUR).call_backs
    assert (call.contact, call.due, call.late, call.way) == (ref, NIGHT + HOUR, True, SafeContact.CALL)
    assert (call.phone, call.hours, call.name_to_say) == ("050 000 0009", "18-20", "Kirjasto")
    assert (call.voicemail, call.done_at, call.reached) == (False, None, None)
    taken = desk.read(ref).taken
    assert taken
    assert taken.option is Option.CALL_BACK


def test_a_call_may_be_promised_besides_another_door_and_its_time_changed(desk):
    ref = desk.begin()
    desk.do(actions.take_door, ref, option=Option.COME_NOW)
    desk.do(actions.call_back, ref, changes=SAFE)
    desk.do(actions.take_door, ref, option=Option.CALL_BACK, due=NIGHT + HOUR)
    assert [call.due for call in access.night(desk.centre, by=desk.by, at=NIGHT).call_backs] == [NIGHT + HOUR]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [({}, Refusal.NOT_SAFE), ({"safe_contact": "call"}, Refusal.NO_NUMBER)],
)
@pytest.mark.parametrize("verb", [actions.call_back, actions.take_door])
def test_no_call_is_promised_without_a_safe_way_to_make_it(desk, verb, fields, refusal):
    ref = desk.begin()
    desk.save(ref, **fields)
    given = {"changes": changes()} if verb is actions.call_back else {"option": Option.CALL_BACK}
    with pytest.raises(Refused) as refused:
        desk.do(verb, ref, **given)
    assert refused.value.refusal is refusal
    assert desk.read(ref).taken is None


@pytest.mark.parametrize("reached", Reached)
def test_a_promised_call_is_done_once(desk, reached):
    ref = desk.begin()
    desk.do(actions.call_back, ref, changes=SAFE, due=NIGHT + MINUTE)
    (call,) = access.night(desk.centre, by=desk.by, at=NIGHT).call_backs
    for outcome in (reached, Reached.REACHED):
        actions.call_back_done(call.ref, reached=outcome, by=desk.colleague, at=NIGHT + HOUR)
    assert access.night(desk.centre, by=desk.by, at=NIGHT).call_backs == ()
    assert [(each.reached, each.done_at, each.late) for each in desk.read(ref, at=NIGHT + 2 * HOUR).call_backs] == [
        (reached, NIGHT + HOUR, False)
    ]


def test_whoever_does_not_answer_may_be_tried_again(desk):
    ref = desk.begin()
    desk.do(actions.call_back, ref, changes=SAFE)
    (call,) = desk.read(ref).call_backs
    actions.call_back_done(call.ref, reached=Reached.NO_ANSWER, again=NIGHT + HOUR, by=desk.by, at=NIGHT)
    assert [each.due for each in access.night(desk.centre, by=desk.by, at=NIGHT).call_backs] == [NIGHT + HOUR]


def test_whoever_does_not_want_a_call_is_not_tried_again_whatever_hour_was_written(desk):
    ref = desk.begin()
    desk.do(actions.call_back, ref, changes=SAFE)
    (call,) = desk.read(ref).call_backs
    actions.call_back_done(call.ref, reached=Reached.WITHDRAWN, again=NIGHT + HOUR, by=desk.by, at=NIGHT)
    assert access.night(desk.centre, by=desk.by, at=NIGHT).call_backs == ()


@pytest.mark.parametrize("state", [ArrivalState.MET, ArrivalState.DID_NOT_COME])
def test_an_expected_arrival_is_closed_once(desk, state):
    ref = desk.begin()
    desk.do(actions.take_door, ref, option=Option.COME_NOW)
    (arrival,) = desk.read(ref).arrivals
    for what in (state, ArrivalState.WITHDRAWN):
        actions.arrived(arrival.ref, state=what, by=desk.colleague, at=NIGHT + HOUR)
    assert [each.state for each in desk.read(ref).arrivals] == [state]


@pytest.mark.parametrize("verb", [actions.call_back_done, actions.arrived])
def test_what_does_not_exist_is_not_closed(desk, verb):
    known = {"reached": Reached.REACHED} if verb is actions.call_back_done else {}
    with pytest.raises(Http404):
        verb(Ref(desk.centre.pk, uuid4()), by=desk.by, at=NIGHT, **known)


def test_somebody_may_be_told_after_the_contact_has_ended_and_by_a_colleague(desk):
    ref = desk.begin()
    desk.do(actions.end, ref)
    desk.do(actions.tell, ref, duty="doctor", means=Means.IN_PERSON, by=desk.colleague, at=NIGHT + 17 * MINUTE)
    assert [(each.by, each.means, each.at) for each in desk.read(ref).told] == [
        ("Ilona", Means.IN_PERSON, NIGHT + 17 * MINUTE)
    ]
