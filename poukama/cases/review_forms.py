"""What is typed by those who look after cases without opening them: a verdict, and which lines of the trail."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from poukama.cases.forms import choices
from poukama.cases.need import Verdict
from poukama.cases.words import VERDICT
from poukama.staff.forms import OneLine, Plain, day_after, midnight


class ReviewForm(Plain):
    """What the review of a broken glass came to, in words too."""

    verdict = forms.ChoiceField(label=_("What it came to"), choices=choices(VERDICT), widget=forms.RadioSelect)
    words = forms.CharField(label=_("In your own words"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)

    @property
    def chosen(self) -> Verdict:
        """The verdict as the rules know it."""
        return Verdict(self.cleaned_data["verdict"])


def _date(label: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, input_formats=["%Y-%m-%d"])


class TrailForm(Plain):
    """Which lines of the trail: of a time, of a member, about a case. Nothing is needed."""

    since = _date(_("From"))
    until = _date(_("Last day"))
    member = forms.ChoiceField(label=_("Who"), required=False, choices=[])
    case = OneLine(label=_("Case, by its code or key"), required=False, max_length=40)

    def __init__(self, *args: Any, members: tuple[tuple[int, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member: Any = self.fields["member"]
        member.choices = [("", _("Everybody")), *members]

    def period(self, zone: ZoneInfo) -> tuple[dt.datetime | None, dt.datetime | None]:
        """From when and up to when, by the days of the centre."""
        since, last = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        return (midnight(since, zone) if since else None), day_after(last, zone)
