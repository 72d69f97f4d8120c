"""What is typed about rooms, lots, skills and mishaps, read into the terms of `rules`."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from poukama.premises.access import Skilled
from poukama.premises.rules import (
    MOST_PASSES,
    NO_EXPIRY,
    Cleaning,
    Kind,
    Lot,
    Outcome,
    Refused,
    RoomLine,
    Shown,
    Skill,
    Supply,
    Unfit,
    Verb,
    Visitor,
)
from poukama.premises.words import KIND, SKILL, SUPPLY, UNFIT, VERB, VISITOR
from poukama.staff.forms import Keyed, Lines, OneLine, day_field

# Written down later than this is looked for on paper.
_LONGEST_AGO = 7 * 24 * 60
_NUMBER = RegexValidator(r"^[A-Za-z0-9 ./+-]{1,40}\Z", _("Letters, digits, dots, dashes and slashes, at most 40."))
# The field beside which a refusal is said; the others are said of the whole form.
_FIELDS = {
    Unfit.UNKNOWN_ROOM: "room",
    Unfit.NO_REAGENT: "reagent",
    Unfit.NO_LOT: "lot",
    Unfit.PASSES: "passes",
    Unfit.CONTACT: "seconds",
    Unfit.NO_OUTCOME: "outcome",
    Unfit.TO_COME: "day",
    Unfit.EXPIRES_FIRST: "until",
    Unfit.NO_EXPIRY: "until",
    Unfit.NO_WORDS: "words",
}


class _Form(Keyed):
    """A form that says beside its field why something is refused."""

    def refuse(self, refused: Refused) -> None:
        """Say why it was not written."""
        beside = _FIELDS.get(refused.unfit)
        self.add_error(beside if beside in self.fields else None, str(UNFIT[refused.unfit]))


class RoomForm(_Form):
    """A line of a room's log."""

    room = forms.ChoiceField(label=_("Room"))
    verb = forms.ChoiceField(label=_("What happened"), choices=[("", _("Choose")), *VERB.items()])
    visitor = forms.ChoiceField(label=_("Who entered"), required=False, choices=[("", _("I myself")), *VISITOR.items()])
    reagent = OneLine(label=_("Cleaned with"), required=False, validators=[MaxLengthValidator(80)])
    lot = OneLine(label=_("Lot"), required=False, validators=[_NUMBER])
    passes = forms.IntegerField(
        label=_("Passes"),
        required=False,
        min_value=0,
        max_value=10 * MOST_PASSES,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    seconds = forms.IntegerField(
        label=_("Wet for, seconds"),
        required=False,
        min_value=0,
        max_value=100_000,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    outcome = forms.ChoiceField(
        label=_("Result"),
        required=False,
        choices=[
            ("", _("Choose")),
            (Outcome.PASSED.value, _("Released, or nothing found")),
            (Outcome.FAILED.value, _("Not released, or something found")),
        ],
    )
    ago = forms.IntegerField(
        label=_("Minutes ago"),
        required=False,
        initial=0,
        min_value=0,
        max_value=_LONGEST_AGO,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, rooms: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        room: Any = self.fields["room"]
        room.choices = [("", _("Choose")), *((each, each) for each in rooms)]

    def line(self, at: dt.datetime) -> RoomLine:
        """What was typed. What belongs to no such line is left out."""
        known = self.cleaned_data
        verb = Verb(known["verb"])
        cleaning = None
        if verb is Verb.CLEANED:
            contact = dt.timedelta(seconds=known["seconds"] or 0)
            cleaning = Cleaning(known["reagent"], known["lot"], known["passes"] or 0, contact)
        outcome = known["outcome"] if verb in (Verb.CLEANED, Verb.SWABBED) else ""
        visitor = known["visitor"] if verb is Verb.ENTERED else ""
        return RoomLine(
            room=known["room"],
            verb=verb,
            at=at - dt.timedelta(minutes=known["ago"] or 0),
            outcome=Outcome(outcome) if outcome else None,
            cleaning=cleaning,
            visitor=Visitor(visitor) if visitor else None,
        )


class LotForm(_Form):
    """A lot that is taken into use."""

    supply = forms.ChoiceField(label=_("What"), choices=[("", _("Choose")), *SUPPLY.items()])
    number = OneLine(label=_("Lot"), validators=[_NUMBER])
    expires = day_field(_("Use by"))

    def lot(self, at: dt.datetime) -> Lot:
        """What was typed."""
        known = self.cleaned_data
        return Lot(Supply(known["supply"]), known["number"], known["expires"], at)


class SkillForm(_Form):
    """What a member has shown, or that it holds no more."""

    member = forms.ChoiceField(label=_("Who"))
    skill = forms.ChoiceField(label=_("What"), choices=[("", _("Choose")), *SKILL.items()])
    day = day_field(_("Shown on"))
    until = day_field(_("Holds until"), required=False)
    taken_back = forms.BooleanField(label=_("It holds no more"), required=False)

    def __init__(self, *args: Any, people: Iterable[Skilled], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(each.member.pk): each for each in people}
        member: Any = self.fields["member"]
        member.choices = [("", _("Choose")), *((pk, each.member.name) for pk, each in self._people.items())]
        self.fields["until"].help_text = _("Not asked of the elimination list: it has no end, and holds no profile.")

    @property
    def person(self) -> Skilled:
        """Of whom it is written."""
        return self._people[self.cleaned_data["member"]]

    def shown(self) -> Shown:
        """What was typed. The elimination list has no end, whatever was typed."""
        known = self.cleaned_data
        skill = Skill(known["skill"])
        until = None if skill in NO_EXPIRY or known["taken_back"] else known["until"]
        return Shown(skill, known["day"], until, known["taken_back"])


class MishapForm(_Form):
    """Something that went wrong."""

    kind = forms.ChoiceField(label=_("About what"), choices=[("", _("Choose")), *KIND.items()])
    room = forms.ChoiceField(label=_("Room"), required=False)
    words = Lines(
        label=_("What happened, without names"),
        validators=[MaxLengthValidator(4000)],
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, rooms: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        room: Any = self.fields["room"]
        room.choices = [("", _("In none of them")), *((each, each) for each in rooms)]

    def kind_typed(self) -> Kind:
        """What it is about."""
        return Kind(self.cleaned_data["kind"])


class StepForm(_Form):
    """What was done about a mishap."""

    words = Lines(label=_("What was done"), validators=[MaxLengthValidator(4000)], widget=forms.Textarea({"rows": 4}))
    closes = forms.BooleanField(label=_("Nothing is left to do: close it"), required=False)
