"""A night at the desk of an invented centre: the midwife, her colleague, and contacts made as they make them."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from poukama.audit import trail
from poukama.centres.models import Centre
from poukama.doors.known import Want
from poukama.gate.rules import Actor
from poukama.gate.scope import within
from poukama.helpline import access, actions
from poukama.helpline.answers import ANSWERS, Changes, Hurt, SafeContact, SafeNow, Said, When
from poukama.helpline.rules import Ref
from poukama.helpline.shown import Opened
from poukama.roster import actions as roster
from poukama.roster.rules import Duty, Span
from poukama.staff.access import standing
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.factories import at
from tests.people import make_centre, make_member

NIGHT = at("2026-11-24T02:14")
MINUTE = dt.timedelta(minutes=1)
WINDOW, OTHER_WINDOW = UUID(int=1), UUID(int=2)
KINDS = {
    "safe_now": SafeNow,
    "hurt": Hurt,
    "neck": Said,
    "suicidal": Said,
    "infection": Said,
    "when": When,
    "safe_contact": SafeContact,
}


def changes(**fields: Any) -> Changes:
    """Changes, from plain words."""
    answers = {name: _typed(name, value) for name, value in fields.items() if name in ANSWERS}
    return Changes(answers, {name: value for name, value in fields.items() if name not in ANSWERS})


def _typed(name: str, value: Any) -> Any:
    if name == "wants":
        return frozenset(Want(want) for want in value)
    return KINDS[name](value) if name in KINDS else value


SAFE = changes(safe_contact="call", phone="050 000 0009", hours="18-20", name_to_say="Kirjasto")


class Desk:
    """A centre with a midwife and her colleague; what they do is done by the midwife unless `by` says otherwise."""

    def __init__(self, code: str = "satama", suffix: str = "") -> None:
        self.centre: Centre = make_centre(code)
        self.maija = make_member(Role.MIDWIFE, centre=self.centre, login=f"maija{suffix}")
        self.ilona = make_member(Role.MIDWIFE_COORDINATOR, centre=self.centre, login=f"ilona{suffix}")
        self.by = actor(self.maija)
        self.colleague = actor(self.ilona)

    def begin(self, moment: dt.datetime = NIGHT, **known: Any) -> Ref:
        """A contact that has begun."""
        record = known.pop("record", None) or uuid4()
        actions.begin(self.centre, **{"record": record, "by": self.by, "at": moment, **known})
        return Ref(self.centre.pk, record)

    def save(self, ref: Ref, number: int = 1, **fields: Any) -> Any:
        """A save from the midwife's window."""
        return self.do(actions.save, ref, changes=changes(**fields), writer=WINDOW, number=number)

    def do(self, verb: Any, ref: Ref, **known: Any) -> Any:
        """A verb, a minute after the contact began, with a key of its own if it takes one."""
        if "key" in verb.__wrapped__.__code__.co_varnames:
            known.setdefault("key", uuid4())
        return verb(ref, **{"by": self.by, "at": NIGHT + MINUTE, **known})

    def read(self, ref: Ref, **known: Any) -> Opened:
        """The contact as it stands."""
        return access.contact(ref, **{"by": self.by, "at": NIGHT + MINUTE, **known})

    def put_on_call(self, duty: Duty, begins: str, ends: str, member: Member | None = None) -> None:
        """The midwife, or somebody else, is on this duty for a time by clocks in Helsinki."""
        shift = Span(at(begins), at(ends))
        roster.add_shift(
            self.centre, key=uuid4(), duty=duty, member=member or self.maija, span=shift, by=self.colleague, at=NIGHT
        )

    def lines(self) -> list[tuple[str, int | None]]:
        """The audit trail of the desk: what was done, and how often where it says so. Loading and reading left out."""
        with within(self.centre.pk):
            found = [(line.event, line.count) for line in trail.lines(self.centre.pk)]
        return [line for line in found if line[0].partition(".")[0] in ("contact", "contacts", "measures")]


def actor(member: Member, moment: dt.datetime = NIGHT) -> Actor:
    """What a member may do."""
    return standing(member, moment).actor
