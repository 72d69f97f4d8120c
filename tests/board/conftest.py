"""One night at one centre, as the board's tests find it."""

import pytest

from poukama.centres.models import Centre
from tests.board import night
from tests.cases.working import AT
from tests.people import make_centre


@pytest.fixture(autouse=True)
def at_night(monkeypatch):
    """The clock of every page stands at twenty past three."""
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT)


@pytest.fixture
def centre(db) -> Centre:
    """The centre."""
    return make_centre()


@pytest.fixture
def staff(centre) -> night.Staff:
    """Who works there."""
    return night.make_staff(centre)


@pytest.fixture
def made(centre, staff) -> night.Made:
    """The case of the night."""
    return night.make_night(centre, staff)
