"""The call of 02:14 as it was told, with whoever called on the way: what the rest of the night goes on from."""

import datetime as dt
from typing import Any
from uuid import uuid4

from poukama.doors.held import policy_of
from poukama.helpline import actions
from poukama.helpline.answers import choices, read
from poukama.helpline.rules import Option, Ref
from poukama.staff.access import standing
from tests.journeys.desk import CALL, Night
from tests.journeys.site import HELSINKI

ENDED = dt.datetime(2026, 11, 24, 2, 33, tzinfo=HELSINKI)
TOLD = {
    "called_name": "Aino",
    "caller": "self",
    "language": "sv",
    "safe_now": "yes",
    "hurt": "no",
    "neck": "no",
    "when": "hours_6",
    "unsure": True,
    "age": "18-",
    "place": "satama",
    "wants": ["care"],
    "safe_contact": "call",
    "phone": "050 000 0009",
    "hours": "klo 14–15",
    "note": "Sisko ajaa, noin 40 min.",
}


def call(night: Night) -> Ref:
    """The contact, ended: she comes now."""
    ref = Ref(night.centre.pk, uuid4())
    changes, faulty = read(TOLD, choices(policy_of(night.centre).pack))
    assert not faulty
    by: dict[str, Any] = {"by": standing(night.midwife, CALL).actor, "at": CALL}
    actions.begin(night.centre, record=ref.id, **by)
    actions.save(ref, changes=changes, writer=uuid4(), number=1, **by)
    actions.take_door(ref, option=Option.COME_NOW, key=uuid4(), **by)
    actions.end(ref, key=uuid4(), by=standing(night.midwife, ENDED).actor, at=ENDED)
    return ref
