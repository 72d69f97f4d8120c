"""What a browser sends to the desk, read: the fields of a contact, the pressed button, and the keys of repeats.

Nothing here refuses a form: what cannot be read is as if it had not been sent, and help goes on.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from poukama.cases.rules import Kind
from poukama.cases.told_words import CODE
from poukama.centres.rules import Pack, PlaceKind
from poukama.clients.forms import DAYS, WayForm
from poukama.clients.reach import NotAWay, Way, check
from poukama.clients.words import UNUSABLE
from poukama.core.clock import from_wall
from poukama.core.texts import clean
from poukama.helpline import words
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
from poukama.helpline.arriving import ALONE, Coming, Known, WayTold
from poukama.helpline.rules import ArrivalState, Option, Reached, next_time
from poukama.helpline.shown import Opened
from poukama.staff.forms import LONGEST_NAME, Keyed, OneLine

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


# ── An arrival ───────────────────────────────────────────────────────────────────────────────────────────────

# Who may be with them, those asked for most first; each is a code of Topic.COMPANION.
COMPANY = (ALONE, "sibling", "parent", "partner", "friend", "child", "relative", "professional", "other")
# At whose request, where the pack has no name for it.
_ELSEWHERE = "elsewhere"
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class ArrivalForm(Keyed):
    """Somebody who has come. Nothing of it has to be filled in, and what they told before stands in it already."""

    contact = forms.UUIDField(required=False, widget=forms.HiddenInput)
    came = forms.CharField(required=False, widget=forms.HiddenInput)
    sought = OneLine(
        label=_("Code, name or number"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    called = OneLine(
        label=_("Called name"),
        required=False,
        validators=[MaxLengthValidator(LONGEST_NAME)],
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=pgettext_lazy("question", "Language"), required=False)
    interpreter = forms.BooleanField(label=_("Wants an interpreter"), required=False)
    company = forms.MultipleChoiceField(
        label=_("Who is with them?"),
        required=False,
        choices=[(code, CODE[code]) for code in COMPANY],
        widget=forms.CheckboxSelectMultiple,
    )
    room = forms.ChoiceField(label=_("Room"), required=False, widget=forms.RadioSelect)
    asked_by = forms.ChoiceField(label=_("At whose request?"), required=False)
    opens_way = forms.BooleanField(label=_("The client opens this way"), required=False)

    def __init__(self, data: Any = None, *, pack: Pack, reader: str, **more: Any) -> None:
        super().__init__(data, **more)
        self._choose("language", [(code, words.language_name(code)) for code in self._languages(pack)])
        self._choose("room", [("", _("none yet")), *((room, room) for room in pack.rooms)])
        own, other = ("", _("Nobody: they are our own client")), (_ELSEWHERE, _("Another place"))
        self._choose("asked_by", [own, *_places(pack, reader), other])

    def _languages(self, pack: Pack) -> Iterable[str]:
        """Those that are often spoken here, and the one that was told."""
        told = str(self["language"].value() or "")
        return dict.fromkeys(("", *pack.languages, *words.OFTEN, *([told] if _LANGUAGE.fullmatch(told) else [])))

    def _choose(self, name: str, offered: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = offered

    def clean_company(self) -> list[str]:
        """Whoever is alone has nobody with them."""
        company: list[str] = self.cleaned_data["company"]
        if ALONE in company and len(company) > 1:
            raise forms.ValidationError(_("Choose either alone, or who is with them."))
        return company

    def coming(self, *, case: UUID | None, way: Way | None) -> Coming:
        """Whoever has come, of a form that holds; into the case that was chosen, or into a new one."""
        found = self.cleaned_data
        asked_by = found["asked_by"]
        return Coming(
            called=found["called"],
            language=found["language"],
            interpreter=found["interpreter"],
            way=way,
            company=frozenset(found["company"]),
            room=found["room"],
            kind=Kind.FOR_ANOTHER if asked_by else Kind.OWN,
            asked_by="" if asked_by == _ELSEWHERE else asked_by,
            contact=found["contact"],
            case=case,
            arrived_at=moment_of(found["came"]),
        )


def _places(pack: Pack, reader: str) -> list[tuple[str, str]]:
    """The places that may ask for something, by name: all that are not the centre's own."""
    names = words.said_in(pack, reader)
    others = (place.code for place in pack.places if place.kind is not PlaceKind.CENTRE)
    return [(code, names.get(f"places.{code}.name", code)) for code in others]


def way_of(form: WayForm, key: UUID, pack: Pack, at: dt.datetime) -> Way | None:
    """The way that a form says, if it can be used; else None, with the fault in the form."""
    if not form.is_valid():
        return None
    way = form.way(key, pack.zone, pack.country, at)
    try:
        check(way)
    except NotAWay as not_a_way:
        form.add_error("address", str(UNUSABLE[not_a_way.unusable]))
        return None
    return way


def told_before(known: Known) -> dict[str, Any]:
    """What stands in the form of an arrival before anybody writes in it."""
    return {"called": known.called, "language": known.language, "interpreter": known.interpreter}


def way_before(told: WayTold | None) -> dict[str, Any]:
    """What stands in the fields of a way; without hours the days are not said either."""
    if told is None:
        return {}
    begins, ends = told.hours or (None, None)
    return {
        "channel": told.channel.value,
        "address": told.address,
        "voicemail": told.voicemail,
        "name_we_say": told.name_we_say,
        "days": [day for day, _word in DAYS] if told.hours else [],
        "begins": f"{begins:%H.%M}" if begins else "",
        "ends": f"{ends:%H.%M}" if ends else "",
    }
