"""What is typed into notices, as plain objects of the rules."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from poukama.clients.consents import Act, Answer, Entry, Wording
from poukama.clients.words import ANSWERS
from poukama.core.clock import from_wall
from poukama.legal.rules import Ground, How, Means, Refused, Sending, Telling, Written, within_minute
from poukama.legal.words import HOW, MEANS, REFUSAL
from poukama.staff.forms import Keyed, OneLine, Plain, day_after

LONGEST_LINE, LONGEST = 300, 20_000
_TOLD, _UNTOLD = "told", "untold"


def _words(label: Any, rows: int, **options: Any) -> forms.CharField:
    area = forms.Textarea({"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, widget=area, max_length=LONGEST, strip=False, **options)


def _date(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **options)


def _hour(label: Any, **options: Any) -> forms.TimeField:
    widget = forms.TimeInput({"inputmode": "numeric", "autocomplete": "off"}, format="%H.%M")
    return forms.TimeField(label=label, widget=widget, input_formats=["%H.%M", "%H:%M"], **options)


def today(zone: ZoneInfo, at: dt.datetime) -> dict[str, Any]:
    """What stands in the fields of a day and an hour: now, by the clock of the centre."""
    wall = at.astimezone(zone)
    day, hour = wall.date(), wall.time().replace(second=0, microsecond=0)
    return {"told_on": day, "told_at": hour, "sent_on": day, "sent_at": hour, "ends": day}


class BeginForm(Keyed):
    """A notice that is begun: to whom."""

    recipient = forms.ChoiceField(label=_("To whom"), choices=[])

    def __init__(self, *args: Any, recipients: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["recipient"]
        field.choices = recipients


class WriteForm(Plain):
    """A notice as it is written."""

    whom = OneLine(
        label=_("Who exactly"),
        required=False,
        max_length=LONGEST_LINE,
        help_text=_("The office or the person, as you call or write to them."),
    )
    words = _words(_("What you tell them"), 10, required=False, help_text=_("No more than they need."))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)

    def written(self) -> Written:
        """The notice, of a form that holds."""
        known = self.cleaned_data
        return Written(known["whom"], known["words"], known["seen"])


class _Moment(Keyed):
    """A form with a day and an hour of the centre's clock that have come."""

    def __init__(self, *args: Any, zone: ZoneInfo, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone, self._at = zone, at

    def _moment(self, day: str, hour: str) -> dt.datetime | None:
        """The moment that two fields say; None, with a word beside the hour, for one that is still to come."""
        on, at = self.cleaned_data.get(day), self.cleaned_data.get(hour)
        if on is None or at is None:
            return None
        try:
            return within_minute(from_wall(dt.datetime.combine(on, at), self._zone), self._at)
        except Refused as refused:
            self.add_error(hour, str(REFUSAL[refused.refusal]))
            return None


class ToldForm(_Moment):
    """When and how the client was told."""

    told_on = _date(_("Told on"))
    told_at = _hour(_("At"))
    how = forms.ChoiceField(label=_("How"), choices=[(how.value, word) for how, word in HOW.items()])
    telling: Telling | None = None

    def clean(self) -> dict[str, Any]:
        """The moment has come."""
        found = super().clean() or {}
        moment = self._moment("told_on", "told_at")
        if moment is not None and "how" in self.cleaned_data:
            self.telling = Telling(moment, How(self.cleaned_data["how"]))
        return found


class GroundForm(_Moment):
    """A legal ground, and that the client was told of it first, or why not."""

    law = OneLine(label=_("Law"), max_length=LONGEST_LINE)
    reason = _words(_("Why it applies here"), 3)
    ends = _date(_("Holds up to and including"))
    told = forms.ChoiceField(
        label=_("Has the client been told"),
        choices=[(_TOLD, _("Yes, told first")), (_UNTOLD, _("No, for a reason"))],
        widget=forms.RadioSelect,
    )
    told_on = _date(_("Told on"), required=False)
    told_at = _hour(_("At"), required=False)
    how = forms.ChoiceField(
        label=_("How"), choices=[("", _("Choose")), *((how.value, word) for how, word in HOW.items())], required=False
    )
    untold = _words(_("Why the client is not told first"), 2, required=False)
    telling: Telling | None = None

    def clean(self) -> dict[str, Any]:
        """Told says when and how; untold says why."""
        found = super().clean() or {}
        if found.get("told") == _TOLD:
            moment = self._moment("told_on", "told_at")
            if not found.get("how"):
                self.add_error("how", _("Say how the client was told."))
            elif moment is None and not self.has_error("told_at"):
                self.add_error("told_at", _("Say when the client was told."))
            elif moment is not None:
                self.telling = Telling(moment, How(found["how"]))
        if found.get("told") == _UNTOLD and not (found.get("untold") or "").strip():
            self.add_error("untold", _("Write the reason."))
        return found

    def ground(self) -> Ground:
        """The ground, of a form that holds."""
        known = self.cleaned_data
        ends: Any = day_after(known["ends"], self._zone)
        untold = known["untold"] if known["told"] == _UNTOLD else ""
        return Ground(known["law"], known["reason"], ends, self.telling, untold)


class AnswerForm(Keyed):
    """What the client says to this notice."""

    answer = forms.ChoiceField(
        label=_("What the client says"),
        choices=[(answer.value, word) for answer, word in ANSWERS.items() if answer is not Answer.NOT_ASKED],
        widget=forms.RadioSelect,
    )

    def entry(self, act: Act, wording: Wording, at: dt.datetime) -> Entry:
        """The answer, as the ledger takes it."""
        return Entry(act, Answer(self.cleaned_data["answer"]), at, wording)


class SendForm(_Moment):
    """That a notice went: how, when, and what proves it."""

    means = forms.ChoiceField(label=_("How"), choices=[(each.value, word) for each, word in MEANS.items()])
    sent_on = _date(_("Sent on"))
    sent_at = _hour(_("At"))
    proof = OneLine(label=_("Proof"), required=False, max_length=LONGEST_LINE, help_text=_("A number, or who took it."))
    sending: Sending | None = None

    def clean(self) -> dict[str, Any]:
        """The moment has come."""
        found = super().clean() or {}
        moment = self._moment("sent_on", "sent_at")
        if moment is not None and "means" in found:
            self.sending = Sending(Means(found["means"]), moment, found.get("proof", ""))
        return found
