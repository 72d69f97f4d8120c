"""The demo's night goes on: whoever called at 02:14 comes at 03:20, and has a case with what she told."""

import pytest

from demo.arrivals import ARRIVALS, arrivals
from demo.contacts import contacts
from poukama.cases import access as cases
from poukama.cases.need import Purpose
from poukama.cases.rules import Present
from poukama.cases.rules import Ref as CaseRef
from poukama.cases.told import ABOUT, Topic
from poukama.clients import access as clients
from poukama.doors.held import policy_of
from poukama.helpline import access
from tests.demo.test_contacts import MORNING, STAFF, hours
from tests.helpline.night import actor
from tests.people import make_centre, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def maija(centre):
    members = {login: make_member(centre=centre, login=login) for login in STAFF}
    contacts(centre, MORNING)
    return actor(members["maija"])


def test_aino_is_received_once_and_what_she_told_is_in_her_case(centre, maija):
    (opened,) = arrivals(centre, MORNING)
    assert arrivals(centre, MORNING) == []
    seen = cases.case_page(CaseRef(centre.pk, opened), purpose=Purpose.CARE, by=maija, at=MORNING)
    person = clients.read(clients.client(centre, seen.opened.case.client_id, by=maija), by=maija, at=MORNING)
    assert (person.head.identity.called, person.head.identity.language) == ("Aino", "sv")
    assert {Topic.TIME, Topic.NECK, Topic.WANTS, Topic.COMPANION} <= seen.told.picture.keys()
    (visit,) = seen.visits
    assert (hours(visit.arrived_at), visit.room) == ("03:20", "1")
    assert [there.who for there in visit.there] == [Present.COMPANION]


def test_the_night_shows_her_by_her_code(centre, maija):
    arrivals(centre, MORNING)
    night = access.night(centre, by=maija, at=MORNING)
    assert [hours(row.began_at) for row in night.ended if row.attached and row.attached.code] == ["02:14"]
    assert "Aino" not in [row.called_name for row in night.ended]


def test_without_its_calls_nobody_comes(centre):
    assert arrivals(centre, MORNING) == []


def test_whoever_comes_says_nothing_but_what_an_arrival_may_hold(centre):
    for one in ARRIVALS:
        assert one.company <= ABOUT[Topic.COMPANION].codes
        assert one.room in policy_of(centre).pack.rooms
