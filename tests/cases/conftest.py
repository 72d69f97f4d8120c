"""One night at one centre."""

import pytest

from poukama.cases.models import Case
from poukama.centres.models import Centre
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.cases import working
from tests.people import make_centre


@pytest.fixture
def centre(db) -> Centre:
    """The centre."""
    return make_centre()


@pytest.fixture
def maija(centre) -> Member:
    """The midwife of the night."""
    return working.make_colleague(Role.MIDWIFE, centre, "maija")


@pytest.fixture
def kaisa(centre) -> Member:
    """The midwife-coordinator, on no team."""
    return working.make_colleague(Role.MIDWIFE_COORDINATOR, centre, "kaisa")


@pytest.fixture
def case(centre, maija) -> Case:
    """A case that Maija has opened."""
    return working.make_case(maija, centre)
