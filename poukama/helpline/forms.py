"""What a browser sends to the desk, read: the fields of a contact, the pressed button, and the keys of repeats.

Nothing here refuses a form: what cannot be read is as if it had not been sent, and help goes on.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from django.http import QueryDict

from poukama.centres.rules import Pack
from poukama.core.clock import from_wall
from poukama.core.texts import clean
from poukama.helpline.answers import (
    ANSWERS,
    ONLY_IF_SAFE,
    WORDS,
    Answers,
    Changes,
    Channel,
    Fault,
    choices,
    hour_of,
    read,
)
from poukama.helpline.rules import ArrivalState, Option, Reached, next_time
from poukama.helpline.shown import Opened

_TICKS = ("interpreter", "unsure", "voicemail")
_MANY = ("wants",)
_REACH = ("safe_contact", *ONLY_IF_SAFE)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button with what goes with it: the other fields of its form, as they were sent."""

    verb: str
    about: str
    key: UUID
    writer: UUID
    changes: Changes
    post: Mapping[str, Any]

    def due(self, at: dt.datetime, pack: Pack) -> dt.datetime | None:
        """By when it was agreed, if it was."""
        wall = hour_of(self.post.get("due"))
        return next_time(wall, at, pack.zone) if wall else None

    def told(self, at: dt.datetime, pack: Pack) -> dt.datetime | None:
        """When somebody was told: as it was written, else as the script says, else now."""
        wall = hour_of(self.post.get("told_at"))
        return just_past(wall, at, pack.zone) if wall else moment_of(self.post.get("at"))


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent: its fields as they were typed, what they change, and what was not kept."""

    typed: Mapping[str, Any]
    changes: Changes
    faults: Mapping[str, Fault]
    writer: UUID
    number: int
    key: UUID
    verb: str = "save"
    about: str = ""

    def key_of(self) -> UUID:
        """The key of the pressed button: sent again it is the same, and another button of the page has another."""
        return uuid5(self.key, f"{self.verb}:{self.about}")

    def pressed(self, post: QueryDict) -> Pressed:
        """The button, with what else its form holds."""
        return Pressed(self.verb, self.about, self.key_of(), self.writer, self.changes, post.dict())


@dataclass(frozen=True, slots=True)
class Saved:
    """A save by the page's script. Raises ValueError while it is read, if it is none."""

    writer: UUID
    number: int
    changes: Changes
    faults: Mapping[str, Fault] = field(default_factory=dict)


def whole(post: QueryDict, pack: Pack) -> Sent:
    """The whole form of a contact, as it comes without a script."""
    typed = typed_in(post)
    changes, faults = read(typed, choices(pack))
    verb, _, about = post.get("do", "save").partition(":")
    return Sent(
        typed=typed,
        changes=changes,
        faults=faults,
        writer=uuid_of(post.get("writer")) or uuid4(),
        number=_whole_number(post.get("number")),
        key=uuid_of(post.get("key")) or uuid4(),
        verb=verb,
        about=about,
    )


def typed_in(post: QueryDict) -> dict[str, Any]:
    """The fields of a contact as they were sent, and no others."""
    found: dict[str, Any] = {}
    for name in (*ANSWERS, *WORDS):
        if name not in post:
            continue
        if name in _MANY:
            found[name] = [clean(str(each)) for each in post.getlist(name) if each]
        elif name in _TICKS:
            found[name] = post[name] == "true"
        else:
            found[name] = clean(str(post[name])).replace("\r\n", "\n")
    return found


def saved(body: bytes, pack: Pack) -> Saved:
    """What the script sends: only the fields that changed. Raises ValueError for what is no save."""
    sent = json.loads(body)
    if not isinstance(sent, dict) or not isinstance(sent.get("fields"), dict):
        raise ValueError("no fields")
    writer, number = uuid_of(sent.get("writer")), sent.get("number")
    if writer is None or type(number) is not int or not 0 < number < _MOST:
        raise ValueError("no writer or no number")
    changes, faults = read(sent["fields"], choices(pack))
    return Saved(writer, number, changes, faults)


def alone(verb: str, post: QueryDict, pack: Pack) -> Pressed:
    """A button that a script presses by itself: under its own key, with what it is about."""
    changes, _faults = read({name: value for name, value in typed_in(post).items() if name in _REACH}, choices(pack))
    about = post.get("door") or post.get("duty") or ""
    key, writer = uuid_of(post.get("key")) or uuid4(), uuid_of(post.get("writer")) or uuid4()
    return Pressed(verb, about, key, writer, changes, post.dict())


def same(changes: Changes, opened: Opened) -> bool:
    """Whether everything that was sent is what is kept already."""
    kept = {**asdict(opened.answers), **asdict(opened.words)}
    return all(kept[name] == value for name, value in {**changes.answers, **changes.words}.items())


def merged(changes: Changes, opened: Opened) -> Changes:
    """What was typed here, behind what somebody else has written meanwhile: nothing of either goes."""
    words, kept = dict(changes.words), asdict(opened.words)
    for name, text in changes.words.items():
        if kept[name] and text != kept[name]:
            words[name] = _behind(kept[name], text) if name == "note" else kept[name]
    unanswered, standing = asdict(Answers()), asdict(opened.answers)
    answers = {name: value for name, value in changes.answers.items() if standing[name] == unanswered[name]}
    return Changes(answers, words)


def _behind(kept: str, typed: str) -> str:
    return kept if typed in kept else typed if typed.startswith(kept) else f"{kept}\n{typed}"


def uuid_of(text: object) -> UUID | None:
    """A key as a browser writes it, None for what is none."""
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


def moment_of(text: str | None) -> dt.datetime | None:
    """A moment with its zone, as a script writes it; None for what is none."""
    try:
        moment = dt.datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def just_past(wall: dt.time, at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The last moment at which the clock on the wall showed this: when somebody was told."""
    today = at.astimezone(zone).date()
    shown = [
        from_wall(dt.datetime.combine(day, wall), zone, later=later)
        for day in (today, today - dt.timedelta(days=1))
        for later in (True, False)
    ]
    return next(moment for moment in shown if moment <= at)


def option_of(text: str) -> Option | None:
    """The button by its word, None for what is none."""
    return Option(text) if text in list(Option) else None


def channel_of(text: str | None) -> Channel:
    """How they made contact; a call unless it says otherwise."""
    return Channel(text) if text in list(Channel) else Channel.PHONE


def reached_of(text: str | None) -> Reached:
    """What came of a call back; no answer, unless it says otherwise."""
    return Reached(text) if text in list(Reached) else Reached.NO_ANSWER


def arrival_of(text: str | None) -> ArrivalState:
    """What came of an arrival; they came, unless it says otherwise."""
    return ArrivalState(text) if text in list(ArrivalState) and text != ArrivalState.EXPECTED else ArrivalState.MET


_MOST = 2**62


def _whole_number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 1
