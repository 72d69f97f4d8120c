"""What staff type about a case, as plain objects of the rules."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from poukama.cases.need import GlassReason
from poukama.cases.rules import (
    SECTION_OF,
    Allowed,
    CloseReason,
    Doing,
    Ground,
    Leaving,
    Present,
    Refusal,
    ReopenReason,
    There,
    Title,
    Turn,
    Whereto,
    Wording,
)
from poukama.cases.shown import SeatShown
from poukama.cases.walls import Section
from poukama.cases.words import (
    CLOSE_REASON,
    GLASS_REASON,
    GROUND,
    PRESENT,
    REFUSAL,
    REOPEN_REASON,
    SECTION,
    TITLE,
    WHERETO,
)
from poukama.gate.rules import Permission
from poukama.staff.forms import Keyed, OneLine, Plain, day_after
from poukama.staff.labels import ROLES
from poukama.staff.rules import HOLDERS, Role

LONGEST = 10_000
_ME = "me"


def choices(labels: Any) -> list[tuple[str, Any]]:
    """The choices of a field, in the order of their labels."""
    return [(member.value, text) for member, text in labels.items()]


class GlassForm(Keyed):
    """Why a case is opened that is not open to whoever asks."""

    reason = forms.ChoiceField(label=_("Why"), choices=choices(GLASS_REASON), widget=forms.RadioSelect)
    words = forms.CharField(label=_("In your own words"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)

    @property
    def chosen(self) -> GlassReason:
        """The reason as the rules know it."""
        return GlassReason(self.cleaned_data["reason"])


class SearchForm(Plain):
    """What a case is looked for by. It is posted, so that no name and no number comes into an address."""

    text = OneLine(
        label=_("Find a case"),
        help_text=_("Code, called name, name or telephone number"),
        max_length=100,
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )


# ── What is done in a case ───────────────────────────────────────────────────────────────────────────────────

# The field beside which a refusal is said; the others are said of the whole form.
_BESIDE = {
    Refusal.NO_WORDS: "words",
    Refusal.UNASKED: "asked",
    Refusal.NOBODY: "member",
    Refusal.NO_POST: "member",
    Refusal.NO_TURN: "turn",
}


def _words(label: Any, *, required: bool = False, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows})
    )


class DoingForm(Keyed):
    """A form that does something in a case, and says beside its fields why it could not."""

    def refuse(self, refusal: Refusal) -> None:
        """Say a refusal where it belongs."""
        name = _BESIDE.get(refusal, "")
        self.add_error(name if name in self.fields else None, str(REFUSAL[refusal]))

    def offer(self, name: str, offered: Iterable[tuple[Any, Any]]) -> None:
        """Show no more than these choices of a field. What else is sent is read all the same, and refused."""
        widget: Any = self.fields[name].widget
        widget.choices = list(offered)


def _ask(form: DoingForm, *, may_be_silent: bool) -> None:
    """Ask for words, or where the chaplain writes, whether the client wants them kept."""
    form.fields["words"].required = not may_be_silent
    if not may_be_silent:
        del form.fields["asked"]


class EntryForm(DoingForm):
    """A line of the timeline."""

    section = forms.ChoiceField(label=_("What it is about"), choices=choices(SECTION), widget=forms.RadioSelect)
    words = _words(_("Entry"))
    asked = forms.BooleanField(label=_("The client asked that this be written down"), required=False)

    def __init__(self, *args: Any, sections: Iterable[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(sections)
        self.offer("section", [(section.value, SECTION[section]) for section in offered])
        if len(offered) == 1:
            self.initial["section"] = offered[0].value
        _ask(self, may_be_silent=Section.PASTORAL in offered)

    def wording(self) -> Wording:
        """The words, and the section they belong to."""
        known = self.cleaned_data
        return Wording(Section(known["section"]), known["words"], asked=known.get("asked", False))


class CorrectionForm(DoingForm):
    """What is right in place of an entry, which stays above it."""

    words = _words(_("What is right"))
    asked = forms.BooleanField(label=_("The client asked that this be written down"), required=False)

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        _ask(self, may_be_silent=section is Section.PASTORAL)

    def wording(self) -> Wording:
        """The words, in the section of what they correct."""
        known = self.cleaned_data
        return Wording(self.section, known["words"], asked=known.get("asked", False))


# What comes of a consent or a duty is not written by hand.
_BY_HAND = tuple(each for each in Title if each is not Title.STOP_AND_RECALL)


class TaskForm(DoingForm):
    """Something to be done, and whose turn it is."""

    title = forms.ChoiceField(label=_("What is to be done"), choices=[(each.value, TITLE[each]) for each in _BY_HAND])
    words = OneLine(label=_("In a few words"), required=False, max_length=300)
    section = forms.ChoiceField(
        label=_("What it is about"), help_text=_("For something else than in the list"), choices=choices(SECTION)
    )
    turn = forms.ChoiceField(
        label=_("Whose turn"),
        choices=[
            (_ME, _("Mine")),
            *((role.value, ROLES[role]) for role in Role if role in HOLDERS[Permission.CASE_WRITE]),
        ],
    )
    due = forms.DateField(
        label=_("By"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )

    def __init__(self, *args: Any, sections: Iterable[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(sections)
        titles = [each for each in _BY_HAND if each is Title.OTHER or SECTION_OF[each] in offered]
        self.offer("title", [("", _("Choose")), *((each.value, TITLE[each]) for each in titles)])
        self.offer("section", [(section.value, SECTION[section]) for section in offered])

    def doing(self, member: int, zone: ZoneInfo) -> Doing:
        """The task; by a day is until that day is over."""
        known = self.cleaned_data
        turn = Turn(member=member) if known["turn"] == _ME else Turn(Role(known["turn"]))
        due: dt.datetime | None = day_after(known["due"], zone)
        return Doing(Title(known["title"]), turn, known["words"], due, section=Section(known["section"]))


class DoneForm(DoingForm):
    """A button that says that something is done."""


class ArrivalForm(DoingForm):
    """The client is here."""

    room = forms.ChoiceField(label=_("Room"), required=False)

    def __init__(self, *args: Any, rooms: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["room"]
        field.choices = [("", _("not said")), *((room, room) for room in rooms)]


class PresenceForm(DoingForm):
    """Somebody else who is there."""

    who = forms.ChoiceField(label=_("Who is there"), choices=choices(PRESENT), widget=forms.RadioSelect)
    member = forms.IntegerField(label=_("Who of staff"), required=False, widget=forms.Select)
    words = OneLine(label=_("In a few words"), required=False, max_length=300)

    def __init__(self, *args: Any, seats: Iterable[SeatShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("member", [("", ""), *((seat.member, seat.name) for seat in seats)])

    def there(self) -> There:
        """Who it is. Raises Refused for one of staff who is not named."""
        known = self.cleaned_data
        if known["who"] == Present.STAFF:
            return There(Present.STAFF, known["member"])
        return There(Present(known["who"]), words=known["words"])


class LeavingForm(DoingForm):
    """The client leaves."""

    whereto = forms.ChoiceField(
        label=_("Where they go now"),
        choices=choices(WHERETO),
        initial=Whereto.NOT_ASKED.value,
        widget=forms.RadioSelect,
    )
    words = OneLine(label=_("In a few words"), required=False, max_length=300)

    def leaving(self) -> Leaving:
        """Where to, as far as they say."""
        return Leaving(Whereto(self.cleaned_data["whereto"]), self.cleaned_data["words"])


class ClosingForm(DoingForm):
    """Why a case is closed."""

    reason = forms.ChoiceField(label=_("Why"), choices=choices(CLOSE_REASON), widget=forms.RadioSelect)
    words = _words(_("In a few words"), rows=2)

    @property
    def chosen(self) -> CloseReason:
        """The reason as the rules know it."""
        return CloseReason(self.cleaned_data["reason"])


class ReopeningForm(DoingForm):
    """Why a closed case is opened again."""

    reason = forms.ChoiceField(label=_("Why"), choices=choices(REOPEN_REASON), widget=forms.RadioSelect)
    words = _words(_("In a few words"), rows=2)

    @property
    def chosen(self) -> ReopenReason:
        """The reason as the rules know it."""
        return ReopenReason(self.cleaned_data["reason"])


class SeatForm(DoingForm):
    """Who is put on the team, in which role."""

    seat = forms.ChoiceField(label=_("Who"))

    def __init__(self, *args: Any, people: Iterable[tuple[Any, Role]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"{member.pk}:{role}": (member, role) for member, role in people}
        seats: Any = self.fields["seat"]
        seats.choices = [(value, f"{member.name}, {ROLES[role]}") for value, (member, role) in self.people.items()]

    @property
    def chosen(self) -> tuple[Any, Role]:
        """The member, and the role."""
        return self.people[self.cleaned_data["seat"]]


class JoinForm(DoingForm):
    """The record that has the client's identity code, by its own code."""

    code = OneLine(label=_("The code of the record with the identity code"), max_length=40)


class CrossingForm(DoingForm):
    """Whether the registers may read each other, on which ground."""

    allowed = forms.ChoiceField(
        label=_("May health care and social work read each other's entries here?"),
        choices=[("yes", pgettext_lazy("answer", "yes")), ("no", pgettext_lazy("answer", "no"))],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(
        label=_("On what it rests"), choices=choices(GROUND), widget=forms.RadioSelect, initial=Ground.CONSENT.value
    )
    words = OneLine(label=_("The law, and why; or what the client said"), required=False, max_length=300)
    told = forms.BooleanField(label=_("The client has been told"), required=False)

    def said(self, at: dt.datetime) -> Allowed:
        """The same, as the rules know it."""
        known = self.cleaned_data
        told_at = at if known["told"] else None
        return Allowed(known["allowed"] == "yes", Ground(known["ground"]), known["words"], told_at)
