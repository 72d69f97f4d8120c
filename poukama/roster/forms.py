"""What is typed about shifts and absences, read into the terms of `rules`."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from poukama.core.clock import from_wall
from poukama.roster.access import Person
from poukama.roster.rules import Duty, Problem, Refused, Span, Week
from poukama.roster.words import DUTIES, problem_words
from poukama.staff.forms import Keyed

_DATE = "%Y-%m-%d"
# A year outside these is a slip of the hand.
_FIRST, _LAST = dt.date(2000, 1, 1), dt.date(2099, 12, 30)
_CLOCK = re.compile(r"([0-9]{1,2})[.:]?([0-9]{2})?")
_STAMP = "%Y%m%dT%H%MZ"
# The field beside which a refusal is said; the others are said of the whole form.
_FIELDS = {
    Problem.ENDS_FIRST: "ends",
    Problem.TOO_LONG: "ends",
    Problem.OVERLAPS: "begins",
    Problem.AWAY_ALREADY: "begins",
    Problem.NOT_INSIDE: "moment",
    Problem.ABSENT: "member",
    Problem.NO_POST: "member",
}


def stamp(moment: dt.datetime) -> str:
    """A moment in an address or a hidden field: it says nothing of anybody."""
    return moment.astimezone(dt.UTC).strftime(_STAMP)


def of_stamp(text: str) -> dt.datetime | None:
    """The moment of such a text; None for anything else."""
    try:
        return dt.datetime.strptime(text, _STAMP).replace(tzinfo=dt.UTC)
    except ValueError:
        return None


class Clock(forms.CharField):
    """A time as people write it: 8, 08.30, 22:15, 0830; 24 ends a day."""

    def to_python(self, value: Any) -> Any:
        """How long after midnight, on the wall. Raises ValidationError for what is no time."""
        found = _CLOCK.fullmatch((super().to_python(value) or "").strip())
        if found is None:
            raise forms.ValidationError(_("Write the time as 8, 8.30 or 22."))
        hour, minute = int(found[1]), int(found[2] or 0)
        if hour * 60 + minute > 24 * 60 or minute > 59:
            raise forms.ValidationError(_("Write the time as 8, 8.30 or 22."))
        return dt.timedelta(hours=hour, minutes=minute)


class DayAndClock(forms.MultiWidget):
    """A day, in the browser's own field, and a time, typed: what a browser shows of times depends on the browser."""

    def __init__(self) -> None:
        day = forms.DateInput({"type": "date", "aria-label": _("Date")}, format=_DATE)
        time = {"inputmode": "decimal", "autocomplete": "off", "size": 5, "maxlength": 5, "aria-label": _("Time")}
        super().__init__([day, forms.TextInput(time)])

    def decompress(self, value: Any) -> list[Any]:
        """A time on the wall as the two fields."""
        return [value.date(), f"{value:%H.%M}"] if value else [None, None]


class Wall(forms.MultiValueField):
    """A date and a time as a clock on the wall shows them."""

    widget = DayAndClock

    def __init__(self, **more: Any) -> None:
        missing, unread = _("This is missing."), _("Write the date and the time.")
        day = forms.DateField(input_formats=[_DATE], validators=[MinValueValidator(_FIRST), MaxValueValidator(_LAST)])
        day.error_messages["invalid"] = unread
        for field in (day, time := Clock()):
            field.error_messages |= {"required": missing, "incomplete": missing}
        super().__init__(fields=(day, time), **more)

    def compress(self, data_list: list[Any]) -> dt.datetime:
        """The two as one; whoever leaves both empty is told before."""
        day, after_midnight = data_list
        wall: dt.datetime = dt.datetime.combine(day, dt.time()) + after_midnight
        return wall


class Planning(Keyed):
    """A form about a roster, at a centre where clocks show `zone`."""

    def __init__(self, zone: ZoneInfo, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.zone = zone

    def refuse(self, refusal: Refused) -> None:
        """Say a refusal where it belongs."""
        name = _FIELDS.get(refusal.problem)
        self.add_error(name if name in self.fields else None, problem_words(refusal, self.zone))


class _Member(Planning):
    """A form that names a member. `people` are those to choose from."""

    member = forms.ChoiceField(label=_("Who"))

    def __init__(self, zone: ZoneInfo, people: Iterable[Person], data: Any = None, **more: Any) -> None:
        super().__init__(zone, data, **more)
        self.people = {str(person.member.pk): person for person in people}
        names = [(pk, _name(person)) for pk, person in self.people.items()]
        self.fields["member"].choices = names if len(names) == 1 else [("", _("Choose")), *names]  # type: ignore[attr-defined]

    @property
    def person(self) -> Person:
        """Who was chosen."""
        return self.people[self.cleaned_data["member"]]


def _name(person: Person) -> str:
    duties = ", ".join(str(DUTIES[duty]).lower() for duty in Duty if duty in person.duties)
    return f"{person.member.name} ({duties})"


class _Timed(_Member):
    """A form that says from when to when. What it was made with is meant again where it looks the same on the wall."""

    begins = Wall(label=_("Begins"))
    ends = Wall(label=_("Ends"))
    known = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        """The fields as they are, and the span that they say."""
        given = super().clean() or self.cleaned_data
        if given.get("begins") and given.get("ends"):
            known = [moment for text in given.get("known", "").split() if (moment := of_stamp(text))]
            begins, ends = (self._meant(given[name], known) for name in ("begins", "ends"))
            if begins < ends:
                given["span"] = Span(begins, ends)
            else:
                self.refuse(Refused(Problem.ENDS_FIRST))
        return given

    def _meant(self, wall: dt.datetime, known: Iterable[dt.datetime]) -> dt.datetime:
        same = (each for each in known if each.astimezone(self.zone).replace(tzinfo=None) == wall)
        return next(same, None) or from_wall(wall, self.zone)

    @property
    def span(self) -> Span:
        """From when to when."""
        span: Span = self.cleaned_data["span"]
        return span


class AddForm(_Timed):
    """Somebody on a duty."""

    duty = forms.ChoiceField(label=_("Duty"), choices=[("", _("Choose")), *DUTIES.items()])
    field_order = ("key", "known", "duty", "member", "begins", "ends")


class ChangeForm(_Timed):
    """A shift for somebody, at a time."""

    field_order = ("key", "known", "member", "begins", "ends")


class SplitForm(_Member):
    """The second half of a shift for somebody, from a moment inside it."""

    moment = Wall(label=_("The second part begins"))
    member = forms.ChoiceField(label=_("Who has the second part"))
    field_order = ("key", "moment", "member")

    def at(self) -> dt.datetime:
        """The moment."""
        return from_wall(self.cleaned_data["moment"], self.zone)


class AbsenceForm(_Timed):
    """Somebody away."""

    begins = Wall(label=_("Away from"))
    ends = Wall(label=_("Back at"))
    field_order = ("key", "known", "member", "begins", "ends")


class CopyForm(Planning):
    """A week to plan as another was."""

    source = forms.CharField(widget=forms.HiddenInput)
    target = forms.CharField(widget=forms.HiddenInput)

    def clean_source(self) -> Week:
        """The week to copy."""
        return _week(self.cleaned_data["source"])

    def clean_target(self) -> Week:
        """The week to plan."""
        return _week(self.cleaned_data["target"])


def _week(text: str) -> Week:
    try:
        return Week.read(text)
    except ValueError:
        raise forms.ValidationError(problem_words(Refused(Problem.UNREAD), ZoneInfo("UTC"))) from None


def walls(span: Span, zone: ZoneInfo) -> dict[str, Any]:
    """A span as the fields of a form begin with it."""
    begins, ends = (moment.astimezone(zone).replace(tzinfo=None) for moment in (span.begins, span.ends))
    return {"begins": begins, "ends": ends, "known": f"{stamp(span.begins)} {stamp(span.ends)}"}
