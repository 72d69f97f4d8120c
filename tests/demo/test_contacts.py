"""The demo's night at the desk: Aino's call stands as it was, and loading it again adds nothing."""

import datetime as dt

import pytest

from demo.arrivals import arrivals
from demo.contacts import CALLS, contacts
from poukama.doors.known import Door
from poukama.helpline import access
from poukama.helpline.answers import ANSWERS, WORDS
from poukama.helpline.rules import ArrivalState, Option, Outcome, Ref
from tests.factories import at
from tests.helpline.night import actor
from tests.people import make_centre, make_member

pytestmark = pytest.mark.django_db
MORNING = at("2026-11-24T10:00")
STAFF = ("kerttu", "ilona", "maija", "outi")


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def maija(centre):
    members = {login: make_member(centre=centre, login=login) for login in STAFF}
    return actor(members["maija"])


def hours(since):
    return since.astimezone(MORNING.tzinfo).strftime("%H:%M")


def test_every_call_is_entered_once(centre, maija):
    assert len(contacts(centre, MORNING)) == len(CALLS)
    assert contacts(centre, MORNING) == []
    night = access.night(centre, by=maija, at=MORNING)
    assert sorted(hours(row.began_at) for row in night.ended) == sorted(call.began for call in CALLS)
    assert night.in_progress == ()


def test_the_call_of_02_14_is_in_swedish_comes_now_and_the_doctor_was_told_at_02_31(centre, maija):
    contacts(centre, MORNING)
    [aino] = [row for row in access.night(centre, by=maija, at=MORNING).ended if row.called_name == "Aino"]
    call = access.contact(Ref(centre.pk, aino.ref.id), by=maija, at=MORNING)
    assert hours(call.began_at) == "02:14"
    assert call.answers.language == "sv"
    assert call.taken
    assert (call.taken.option, call.taken.door) == (Option.COME_NOW, Door.ON_CALL_NOW)
    assert [(told.duty, hours(told.at)) for told in call.told] == [("doctor", "02:31")]
    assert [arrival.state for arrival in call.arrivals] == [ArrivalState.EXPECTED]
    assert call.words.note.startswith("Sisko ajaa, noin 40 min.")


def test_the_morning_finds_a_promised_call_and_somebody_on_the_way(centre, maija):
    contacts(centre, MORNING)
    arrivals(centre, MORNING)
    night = access.night(centre, by=maija, at=MORNING)
    assert [(call.called_name, call.late) for call in night.call_backs] == [("Rasmus", True)]
    assert [(one.called_name, one.answers.language) for one in night.arrivals] == [("Noor", "ar")]
    assert {row.outcome for row in night.ended} == {*Outcome} - {
        Outcome.NONE,
        Outcome.OTHER_SERVICE,
        Outcome.UNANSWERED,
    }


@pytest.mark.parametrize("moment", ["2026-03-29T10:00", "2026-10-25T10:00", "2028-02-29T10:00", "2026-11-24T01:00"])
def test_any_night_can_be_shown(centre, maija, moment):
    assert len(contacts(centre, at(moment))) == len(CALLS)


def test_without_its_people_the_desk_stays_empty(centre):
    assert contacts(centre, MORNING) == []


def test_a_call_says_nothing_but_what_a_contact_may_hold():
    for call in CALLS:
        assert call.fields.keys() <= {*ANSWERS, *WORDS}
        assert dt.time.fromisoformat(call.began)
