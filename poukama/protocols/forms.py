"""What is typed about protocols: from when an approval holds, and how long ago the event of a test case was."""

import datetime as dt

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from poukama.protocols.approvals import Refusal, Refused
from poukama.protocols.words import REFUSALS
from poukama.staff.forms import Keyed, Plain

# Longer ago than any window reaches.
_LONGEST = 2000


class _AnswerForm(Keyed):
    """An answer to exactly what was read, which its version names."""

    version = forms.CharField(widget=forms.HiddenInput, validators=[RegexValidator(r"^[0-9a-f]{64}$")])

    def refuse(self, refused: Refused) -> None:
        """Say why it was not done: beside the date where it is about that, else above."""
        beside = "valid_from" if refused.reason is Refusal.PAST else None
        self.add_error(beside, str(REFUSALS[refused.reason]))


class ApproveForm(_AnswerForm):
    """From which date somebody answers for it."""

    valid_from = forms.DateField(
        label=_("Holds from"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write a date.")},
    )

    def since(self) -> dt.date:
        """The date that was chosen."""
        date: dt.date = self.cleaned_data["valid_from"]
        return date


class TakeBackForm(_AnswerForm):
    """No longer answering for it."""


class EventForm(Plain):
    """An event so many hours ago."""

    tunteja = forms.IntegerField(
        label=_("Hours since the event"),
        min_value=0,
        max_value=_LONGEST,
        initial=30,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write a whole number of hours."),
            "min_value": _("Write a whole number of hours."),
            "max_value": _("Write fewer hours."),
        },
    )

    def hours(self) -> int:
        """How many; as proposed while nothing that can be read is typed."""
        known = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return int(known.get("tunteja", self.fields["tunteja"].initial))
