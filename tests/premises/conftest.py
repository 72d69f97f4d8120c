"""Satama with a midwife, a coordinator and somebody who may only look, at twenty past four in the night."""

import datetime as dt

import pytest

from poukama.staff.rules import Role
from tests.people import make_centre, make_member

AT = dt.datetime(2026, 11, 24, 2, 20, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _at_night(monkeypatch):
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT)


@pytest.fixture
def centre(db):
    return make_centre()


@pytest.fixture
def maija(centre):
    return make_member(Role.MIDWIFE, centre=centre, login="maija")


@pytest.fixture
def kaisa(centre):
    return make_member(Role.MIDWIFE_COORDINATOR, centre=centre, login="kaisa")


@pytest.fixture
def mirka(centre):
    return make_member(Role.MANAGER, centre=centre, login="mirka")
