"""Centres that are open and people on staff there, made as the actions make them."""

import datetime as dt
import uuid
from typing import Any

from django.test import Client

from poukama.centres.actions import load_pack
from poukama.centres.files import read_files
from poukama.centres.models import Centre
from poukama.centres.pack import read_pack
from poukama.config.settings import ROOT
from poukama.gate.rules import INSTALLATION, OPERATOR, Actor
from poukama.staff import actions, codes
from poukama.staff.access import standing
from poukama.staff.models import Member, WayIn
from poukama.staff.rules import Person, Role, Tenure, bearer

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def make_centre(code: str = "satama", at: dt.datetime = LONG_AGO) -> Centre:
    """A centre, opened by its pack."""
    folder = ROOT / "centres" / code
    loaded = load_pack(INSTALLATION, pack=read_pack(folder), files=read_files(folder), by=OPERATOR, at=at)
    return loaded.centre


def make_member(
    *roles: Role, centre: Centre | None = None, login: str = "maija", at: dt.datetime = LONG_AGO, **known: Any
) -> Member:
    """A member with these roles at a centre: a midwife at Satama unless the test says otherwise."""
    facts = {"name": login.capitalize(), "language": "fi", **known}
    member = actions.add_member(INSTALLATION, login=login, by=OPERATOR, at=at, **facts)
    for role in roles or (Role.MIDWIFE,):
        actions.give_post(centre or make_centre(), member=member, role=role, by=OPERATOR, at=at)
    return member


# Whatever hour a test sets, a session that was used this late is neither idle nor over.
NEVER_LOCKED = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


def sign_in(client: Client, member: Member, *, at: dt.datetime = NEVER_LOCKED, whole: bool = True) -> Client:
    """The same browser, signed in since `at`, with both steps unless the test says otherwise."""
    client.force_login(member)
    held = client.session
    moment = int(at.timestamp())
    held["stay"] = {"began": moment, "active": moment, "proved": moment, "whole": whole, "locked": False}
    held.save()
    return client


def acting(member: Member, at: dt.datetime = LONG_AGO) -> Actor:
    """Who the member is to the gates at a moment."""
    return standing(Member.objects.get(pk=member.pk), at).actor


def invited(
    login: str = "saga", role: Role = Role.MIDWIFE, at: dt.datetime = LONG_AGO, **known: Any
) -> tuple[WayIn, str]:
    """The way in of somebody new, and its code."""
    code = codes.code_of(uuid.uuid4())
    facts = {"person": Person(login.capitalize(), "fi"), "tenure": Tenure(role, at), "by": OPERATOR, **known}
    centre = facts.pop("centre", None) or make_centre()
    return actions.invite(centre, login=login, code_hash=codes.hash_of(code), at=at, **facts), code


def come_in(way_in: WayIn, at: dt.datetime = LONG_AGO, hashed: str = "kept-hash") -> Member:
    """Use a way in, as its bearer; the member as they are then."""
    by = bearer(way_in.member_id, way_in.centre_id)
    return actions.come_in(way_in, hashed=hashed, by=by, at=at).member
