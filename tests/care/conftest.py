"""One night at one centre, as the room of cases has it, with the whole house on the team."""

from uuid import uuid4

import pytest

from poukama.cases import actions
from poukama.staff.rules import Role
from tests.cases.conftest import case, centre, kaisa, maija
from tests.cases.working import AT, into, make_colleague, now

__all__ = ["case", "centre", "kaisa", "maija"]

HOUSE = {
    "pia": Role.PSYCHOLOGIST,
    "sini": Role.SOCIAL_WORKER,
    "hanna": Role.CHAPLAIN,
    "laine": Role.DOCTOR,
    "kaisa": Role.MIDWIFE_COORDINATOR,
}


@pytest.fixture(autouse=True)
def at_night(monkeypatch, plain_static):
    """The clock of every page stands at twenty past three."""
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT)


@pytest.fixture
def house(case, centre, maija, kaisa):
    """Everybody who meets the client, by login, each on the team in their role."""
    found = {"maija": maija, "kaisa": kaisa}
    for login, role in HOUSE.items():
        member = found.get(login) or make_colleague(role, centre, login)
        actions.join_team(into(case, maija), member=member, role=role, key=uuid4(), **now(maija))
        found[login] = member
    return found
