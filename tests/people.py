"""Centres that are open and people on staff there, made as the actions make them."""

import datetime as dt
from typing import Any

from django.test import Client

from poukama.centres.actions import load_pack
from poukama.centres.files import read_files
from poukama.centres.models import Centre
from poukama.centres.pack import read_pack
from poukama.config.settings import ROOT
from poukama.gate.rules import INSTALLATION, OPERATOR
from poukama.staff import actions
from poukama.staff.models import Member
from poukama.staff.rules import Role

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


def sign_in(client: Client, member: Member) -> Client:
    """The same browser, signed in."""
    client.force_login(member)
    return client
