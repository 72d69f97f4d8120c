"""A screen that is left alone is locked later while its owner has a contact open."""

import datetime as dt

import pytest
from django.test import Client

from poukama.core import clock
from poukama.helpline import actions
from poukama.helpline.rules import Ref
from tests.helpline.night import Desk
from tests.people import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


def opens(desk: Desk, idle: int) -> bool:
    """Whether the desk opens in the midwife's browser after so many minutes in which nothing was done."""
    browser = sign_in(Client(), desk.maija, at=clock.now() - dt.timedelta(minutes=idle))
    return browser.get("/s/puhelin").status_code == 200


@pytest.fixture
def writing() -> tuple[Desk, Ref]:
    desk = Desk()
    return desk, desk.begin(clock.now())


@pytest.mark.parametrize(("idle", "open_after"), [(4, True), (6, False), (19, False)])
def test_without_a_contact_the_screen_is_locked_after_five_minutes(idle, open_after):
    assert opens(Desk(), idle) is open_after


@pytest.mark.parametrize(("idle", "open_after"), [(6, True), (19, True), (21, False)])
def test_with_a_contact_open_it_is_locked_after_twenty(writing, idle, open_after):
    desk, _ref = writing
    assert opens(desk, idle) is open_after


def test_a_contact_that_has_ended_or_is_somebody_elses_keeps_no_screen_open(writing):
    desk, ref = writing
    desk.do(actions.pass_on, ref, to=desk.ilona, at=clock.now())
    assert not opens(desk, 6)
    desk.do(actions.take_pen, ref, at=clock.now())
    assert opens(desk, 6)
    desk.do(actions.end, ref, at=clock.now())
    assert not opens(desk, 6)
