"""A centre with a doctor who answers for its protocols, and what they say of them."""

import datetime as dt
from typing import Any
from uuid import uuid4

from poukama.centres.actions import load_pack
from poukama.centres.files import laid_out
from poukama.centres.models import Centre, LoadedPack
from poukama.centres.pack import read_pack
from poukama.gate.rules import INSTALLATION, OPERATOR, Actor
from poukama.protocols import actions
from poukama.protocols.approvals import Approvable, kind_of
from poukama.protocols.held import decided_at
from poukama.protocols.models import ApprovalRow
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.people import LONG_AGO, acting, make_member

AT = dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 24)
RULE = """
[sources.page]
title = "A page of law"
seen = 2026-11-24
[unreported]
months = 14
source = "page"
review_by = 2027-05-31
"""


def make_doctor(centre: Centre, login: str = "laine") -> Member:
    return make_member(Role.DOCTOR, centre=centre, login=login)


def thing_of(centre: Centre, kind: str, code: str) -> Approvable:
    (found,) = [each for each in decided_at(centre).things() if (kind_of(each), each.code) == (kind, code)]
    return found


def approve(centre: Centre, doctor: Member, kind: str, code: str, **known: Any) -> ApprovalRow:
    thing = thing_of(centre, kind, code)
    return actions.approve(centre, thing=thing, **{"valid_from": TODAY, **said_by(doctor), **known})


def take_back(centre: Centre, doctor: Member, kind: str, code: str, **known: Any) -> ApprovalRow:
    return actions.take_back(centre, thing=thing_of(centre, kind, code), **{**said_by(doctor), **known})


def said_by(doctor: Member) -> dict[str, Any]:
    return {"key": uuid4(), "by": acting(doctor), "at": AT}


def load_with(centre: Centre, files: dict[str, str], at: dt.datetime = LONG_AGO, by: Actor = OPERATOR) -> None:
    """Load a centre's pack again with these files in it, written over or besides the others."""
    held = {**LoadedPack.objects.filter(centre=centre).latest("id").files, **files}
    with laid_out(held) as folder:
        load_pack(INSTALLATION, pack=read_pack(folder), files=held, by=by, at=at)
