"""One night at one centre."""

from typing import Any
from uuid import uuid4

import pytest

from poukama.cases import actions
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
def at_night(monkeypatch) -> None:
    """The clock of every page stands at twenty past three."""
    monkeypatch.setattr("poukama.core.clock.now", lambda: working.AT)


@pytest.fixture
def case(centre, maija) -> Case:
    """A case that Maija has opened."""
    return working.make_case(maija, centre)


@pytest.fixture
def acting(maija) -> dict[str, Any]:
    """Maija, now."""
    return working.now(maija)


@pytest.fixture
def hanna(case, centre, maija, acting) -> Member:
    """The chaplain, on the team."""
    hanna = working.make_colleague(Role.CHAPLAIN, centre, "hanna")
    actions.join_team(working.into(case, maija), member=hanna, role=Role.CHAPLAIN, key=uuid4(), **acting)
    return hanna
