"""One night at one centre, with a client of sixteen or seventeen and the whole house on the team."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from poukama.cases.inside import Entered
from poukama.clients import access as clients
from poukama.clients.actions import tell_identity
from poukama.clients.identity import Identity
from poukama.clients.models import Client
from poukama.doors.known import Age
from poukama.legal import actions
from poukama.legal.models import Notice
from poukama.legal.rules import Ground, How, Telling, Written
from tests.care.conftest import at_night, case, centre, house, kaisa, maija
from tests.cases.working import AT, HOUR, into, now

__all__ = ["at_night", "case", "centre", "house", "kaisa", "maija"]

YOUNG, GROWN = Age(16, 17), Age(18)
LAW = Ground("an invented law", "an invented reason", AT + 24 * HOUR, Telling(AT, How.IN_PERSON))


@pytest.fixture
def sini(house):
    """The social worker."""
    return house["sini"]


@pytest.fixture
def young(case, maija) -> Client:
    """The client, who has said that they are sixteen or seventeen."""
    return say_age(case, maija, YOUNG)


def say_age(case, member, age: Age) -> Client:
    """The client says how old they are."""
    client = clients.client(case.centre, case.client_id, by=now(member)["by"])
    tell_identity(client, identity=Identity(called="Aino", age=age), **now(member))
    return client


def begin(case, member, recipient: str = "police", *, written: bool = True) -> Notice:
    """A notice that a member begins, and writes."""
    row = actions.begin(into(case, member), recipient=recipient, key=uuid4(), **now(member))
    if written:
        actions.write(into(case, member), notice=row, written=Written("a station", "what is told", 0), **now(member))
    return row


def ground(case, member, notice: Notice, **changes: Any) -> Notice:
    """A legal ground that a member names for a notice."""
    inside: Entered = into(case, member)
    return actions.name_ground(inside, notice=notice, ground=replace(LAW, **changes), key=uuid4(), **now(member))
