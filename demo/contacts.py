"""The calls of the demo's night at Satama, all invented: who called and what was agreed; never what happened."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from demo.night import Night, last_night
from poukama.centres.models import Centre
from poukama.doors.held import policy_of
from poukama.gate.rules import Actor
from poukama.gate.scope import within
from poukama.helpline import actions
from poukama.helpline.answers import choices, read
from poukama.helpline.models import Contact
from poukama.helpline.rules import Option, Paper, Ref
from poukama.staff.access import standing
from poukama.staff.models import Member

_WINDOW = uuid5(NAMESPACE_URL, "poukama:demo:window")


@dataclass(frozen=True, slots=True)
class Call:
    """A call by the wall clock: who took it, for how many minutes, what was written, what was agreed and by when."""

    began: str
    taken_by: str
    minutes: int = 6
    fields: Mapping[str, Any] = field(default_factory=dict)
    option: Option | None = None
    due: str = ""
    told: str = ""
    silent: bool = False
    paper: bool = False


CALLS = (
    Call("20:40", "kerttu", 1, silent=True),
    Call(
        "21:15",
        "kerttu",
        9,
        {"caller": "close_person", "language": "fi", "wants": ["information"], "note": "Kysyi, miten voi olla tukena."},
        Option.INFORMATION,
    ),
    Call(
        "22:05",
        "kerttu",
        12,
        {
            "called_name": "Elina",
            "caller": "self",
            "language": "fi",
            "safe_now": "yes",
            "hurt": "no",
            "neck": "no",
            "when": "days_5",
            "age": "18-",
            "place": "satama",
            "wants": ["care", "talk"],
            "note": "Tulee aamulla. Toivoo naislääkäriä.",
        },
        Option.APPOINTMENT,
    ),
    Call(
        "23:30",
        "kerttu",
        8,
        {
            "called_name": "Rasmus",
            "caller": "self",
            "language": "sv",
            "safe_now": "cannot_talk",
            "age": "18-",
            "wants": ["talk"],
            "safe_contact": "call",
            "phone": "040 000 0101",
            "hours": "kl. 9–11",
            "name_to_say": "Biblioteket",
            "note": "Vi ringer på morgonen, då är personen ensam.",
        },
        Option.CALL_BACK,
        due="09:30",
    ),
    Call("00:50", "ilona", 1, silent=True),
    Call(
        "02:14",
        "maija",
        19,
        {
            "called_name": "Aino",
            "caller": "self",
            "language": "sv",
            "safe_now": "yes",
            "hurt": "no",
            "neck": "no",
            "suicidal": "no",
            "when": "hours_6",
            "age": "18-",
            "place": "satama",
            "infection": "no",
            "wants": ["care"],
            "arrives": "03:10",
            "note": "Sisko ajaa, noin 40 min. Tulevat päivystyksen ovesta.",
        },
        Option.COME_NOW,
        told="02:31",
    ),
    Call(
        "04:05",
        "maija",
        4,
        {"caller": "professional", "language": "fi", "age": "16-17", "wants": ["information"], "note": "Kysyi ovesta."},
        Option.INFORMATION,
    ),
    Call(
        "05:20",
        "outi",
        7,
        {"language": "en", "caller": "self", "wants": ["information"], "note": "Paperilta: verkko oli poikki."},
        Option.INFORMATION,
        paper=True,
    ),
    Call(
        "07:20",
        "maija",
        11,
        {
            "called_name": "Noor",
            "caller": "self",
            "language": "ar",
            "interpreter": True,
            "safe_now": "yes",
            "hurt": "no",
            "neck": "no",
            "when": "hours_12",
            "age": "18-",
            "place": "satama",
            "wants": ["care", "samples"],
            "note": "Ystävä saattaa. Tulkki tilattu.",
        },
        Option.COME_NOW,
        due="08:30",
        told="07:28",
    ),
)


def contacts(centre: Centre, at: dt.datetime) -> list[UUID]:
    """Enter the calls of the last night that was over; those that are there stay as they are."""
    zone = policy_of(centre).pack.zone
    night = last_night(at, zone)
    entered = []
    for call in CALLS:
        record = record_of(centre, night, call.began)
        member = Member.objects.filter(login=call.taken_by).first()
        if member is None or _there(centre, record):
            continue
        _enter(_Making(centre, record, call, night, member))
        entered.append(record)
    return entered


def record_of(centre: Centre, night: Night, began: str) -> UUID:
    """The key of the call that began at this hour."""
    return uuid5(NAMESPACE_URL, f"poukama:demo:{centre.code}:{night.begins.isoformat()}:{began}")


def _there(centre: Centre, record: UUID) -> bool:
    with within(centre.pk):
        return Contact.objects.filter(pk=record).exists()


@dataclass(frozen=True, slots=True)
class _Making:
    """A call on its way into the desk."""

    centre: Centre
    record: UUID
    call: Call
    night: Night
    member: Member

    def moment(self, wall: str, minutes: int = 0) -> dt.datetime:
        """What the centre's clock shows in this night, or in the morning after it."""
        return self.night.moment(wall, policy_of(self.centre).pack.zone) + dt.timedelta(minutes=minutes)

    def by(self, at: dt.datetime) -> Actor:
        """Whoever took the call."""
        return standing(self.member, at).actor

    def key(self, verb: str) -> UUID:
        """The key of a button that was pressed."""
        return uuid5(self.record, verb)


def _enter(making: _Making) -> None:
    call, ref = making.call, Ref(making.centre.pk, making.record)
    began, ended = making.moment(call.began), making.moment(call.began, call.minutes)
    changes, _faults = read(call.fields, choices(policy_of(making.centre).pack))
    if call.paper:
        written = ended + dt.timedelta(minutes=45)
        paper = Paper(began, ended, changes, option=call.option)
        actions.enter_late(making.centre, record=making.record, paper=paper, by=making.by(written), at=written)
        return
    actions.begin(making.centre, record=making.record, by=making.by(began), at=began)
    told = making.moment(call.told) if call.told else None
    # A minute before the doctor is told, or before the end.
    before = (told or ended) - dt.timedelta(minutes=1)
    if call.fields:
        actions.save(ref, changes=changes, writer=_WINDOW, number=1, by=making.by(before), at=before)
    if call.option:
        due = making.moment(call.due) if call.due else None
        key = making.key("door")
        actions.take_door(ref, option=call.option, due=due, key=key, by=making.by(before), at=before)
    if told:
        actions.tell(ref, duty="doctor", key=making.key("told"), by=making.by(told), at=told)
    end = actions.hang_up if call.silent else actions.end
    end(ref, key=making.key("end"), by=making.by(ended), at=ended)
