"""What clients say, small and valid: each maker takes what the test is about and fills in the rest."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from poukama.centres.models import Centre
from poukama.centres.rules import TextState
from poukama.clients import actions
from poukama.clients.consents import Act, Answer, Entry, LegalGround, Purpose, Recipient, Wording
from poukama.clients.hetu import check_of
from poukama.clients.identity import Identity
from poukama.clients.models import Client
from poukama.clients.reach import Channel, Way
from poukama.core.hours import ALWAYS, Hours
from poukama.gate.rules import Actor
from poukama.staff.access import standing
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.people import make_member

HELSINKI = ZoneInfo("Europe/Helsinki")
# A night, at the hour when nobody is at their best.
NOW = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
WORDING = Wording("release", "1", "fi", TextState.APPROVED)
RELEASE = Act(Purpose.RELEASE, Recipient.POLICE)
LINKING = Act(Purpose.LINKING, Recipient.CENTRE)


def make_hetu(born: str = "131052", sign: str = "-", individual: str = "308") -> str:
    """An identity code whose check character holds."""
    return f"{born}{sign}{individual}{check_of(born + individual)}"


def make_way(hours: str = ALWAYS, **changes: Any) -> Way:
    """A way to call, open at all hours and said an hour ago."""
    way = Way(
        key=UUID(int=1),
        channel=Channel.CALL,
        open=True,
        address="040 000 0000",
        hours=Hours(hours, HELSINKI, "FI"),
        said_at=NOW - HOUR,
    )
    return replace(way, **changes)


def make_entry(answer: Answer = Answer.YES, act: Act = RELEASE, **changes: Any) -> Entry:
    """An answer said an hour ago."""
    return replace(Entry(act, answer, NOW - HOUR, WORDING), **changes)


def make_ground(act: Act = RELEASE, **changes: Any) -> LegalGround:
    """A legal ground named an hour ago, good for a day, of which the client was told then."""
    ground = LegalGround(
        key=UUID(int=1),
        act=act,
        law="child_welfare_act",
        reason="An invented reason",
        approver="member:1",
        named_at=NOW - HOUR,
        ends=NOW + 24 * HOUR,
        told_at=NOW - HOUR,
    )
    return replace(ground, **changes)


def actor_of(member: Member, at: dt.datetime = NOW) -> Actor:
    """A member as an actor."""
    return standing(member, at).actor


def make_actor(*roles: Role, centre: Centre, login: str = "maija") -> Actor:
    """Somebody on staff at a centre: a midwife-coordinator unless the test says otherwise."""
    return actor_of(make_member(*(roles or (Role.MIDWIFE_COORDINATOR,)), centre=centre, login=login))


def make_client(centre: Centre, by: Actor, at: dt.datetime = NOW - HOUR, **known: Any) -> Client:
    """A client who has said this much of who they are."""
    return actions.open_client(centre, identity=Identity(**known), by=by, at=at, record=uuid4())
