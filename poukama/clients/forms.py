"""What staff type about a client, as plain objects of the rules. Nothing has to be filled in but what a way needs."""

import datetime as dt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from poukama.clients import consents, hetu, reach, words
from poukama.clients.identity import Gender, IdentifierKind, Identity
from poukama.core.clock import from_wall
from poukama.core.hours import ALWAYS, Hours
from poukama.doors.known import Age

_DATE = "%d.%m.%Y"
_OLDEST = 130
# The days of a week as opening hours write them.
DAYS = (
    ("Mo", _("Monday")),
    ("Tu", _("Tuesday")),
    ("We", _("Wednesday")),
    ("Th", _("Thursday")),
    ("Fr", _("Friday")),
    ("Sa", _("Saturday")),
    ("Su", _("Sunday")),
)


def _choice(labels: Any, label: Any, first: Any) -> forms.ChoiceField:
    choices = [(member.value, text) for member, text in labels.items()]
    return forms.ChoiceField(choices=choices, label=label, required=False, initial=first.value)


def _text(label: Any, *, lines: bool = False) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea if lines else forms.TextInput)


def _end_of(day: dt.date | None, zone: ZoneInfo) -> dt.datetime | None:
    """The midnight after a last day, on the centre's wall."""
    return from_wall(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()), zone) if day else None


class IdentityForm(forms.Form):
    """Who somebody is, as far as they say. `today` is the centre's date; `practice` says which codes are taken."""

    called = _text(_("Called name"))
    name = _text(_("Name"))
    born = forms.DateField(label=_("Date of birth"), required=False, input_formats=[_DATE, "%Y-%m-%d"])
    age_least = forms.IntegerField(label=_("Age at least"), required=False, min_value=0, max_value=_OLDEST)
    age_most = forms.IntegerField(label=_("Age at most"), required=False, min_value=0, max_value=_OLDEST)
    kind = _choice(words.IDENTIFIERS, _("Identifier"), IdentifierKind.NONE)
    identifier = _text(_("The identifier itself"))
    code_from_client = forms.BooleanField(label=_("The client gave it themselves"), required=False)
    gender = _choice(words.GENDERS, _("Gender, as the client says it"), Gender.NOT_ASKED)
    gender_words = _text(_("In the client's own words"))
    language = _text(_("Language"))
    address = _text(_("Address"), lines=True)
    municipality = _text(_("Municipality"))
    gives_away = _text(_("What else tells where they are"), lines=True)
    shielded = forms.BooleanField(label=_("Protection for personal safety"), required=False)

    def __init__(self, data: Any = None, *, today: dt.date, practice: bool, **more: Any) -> None:
        super().__init__(data, **more)
        self.today, self.practice = today, practice

    def clean(self) -> dict[str, Any]:
        """Say beside the field what cannot be: a code that is none, a birth to come, an age that ends first."""
        found = super().clean() or {}
        least, most = found.get("age_least"), found.get("age_most")
        if least is not None and most is not None and most < least:
            self.add_error("age_most", _("The higher age is lower than the other."))
        if (born := found.get("born")) and born > self.today:
            self.add_error("born", _("This date is still to come."))
        if found.get("kind") == IdentifierKind.OFFICIAL:
            try:
                found["identifier"] = hetu.read(found["identifier"], practice=self.practice, today=self.today).text
            except hetu.NotAnIdentityCode as refused:
                self.add_error("identifier", str(words.CODE_FAULTS[refused.fault]))
        return found

    @property
    def identity(self) -> Identity:
        """What was said, of a form that holds."""
        found = self.cleaned_data
        plain = {name: found[name] for name in ("code_from_client", "shielded", "born", *_TEXTS)}
        return Identity(
            age=Age(found["age_least"] or 0, found["age_most"]),
            kind=IdentifierKind(found["kind"] or IdentifierKind.NONE),
            gender=Gender(found["gender"] or Gender.NOT_ASKED),
            **plain,
        )


_TEXTS = ("called", "name", "identifier", "gender_words", "language", "address", "municipality", "gives_away")


class WayForm(forms.Form):
    """How the client may be reached. Without days and hours, or "at any hour", it is no way."""

    channel = forms.ChoiceField(
        choices=[(member.value, text) for member, text in words.CHANNELS.items()], label=_("By what")
    )
    address = forms.CharField(label=_("Number or address"))
    any_hour = forms.BooleanField(label=_("At any hour"), required=False)
    days = forms.MultipleChoiceField(
        choices=DAYS, label=_("On which days"), required=False, widget=forms.CheckboxSelectMultiple
    )
    begins = forms.TimeField(
        label=pgettext_lazy("hour", "From"), required=False, input_formats=["%H:%M", "%H.%M", "%H"]
    )
    ends = forms.TimeField(label=pgettext_lazy("hour", "Until"), required=False, input_formats=["%H:%M", "%H.%M", "%H"])
    voicemail = forms.BooleanField(label=_("A message may be left"), required=False)
    answering = _choice(words.ANSWERING, _("Who may answer"), reach.Answering.NOT_ASKED)
    who_answers = _text(_("Who, if the client names somebody"))
    name_we_say = _text(_("The name that we say"))
    code_word = _text(_("Code word"))
    expires = forms.DateField(label=_("Last day"), required=False, input_formats=[_DATE, "%Y-%m-%d"])

    def clean(self) -> dict[str, Any]:
        """Ask for the hours: a way is open when the client says, and never by itself."""
        found = super().clean() or {}
        begins, ends = found.get("begins"), found.get("ends")
        if not found.get("any_hour") and not (found.get("days") and begins and ends):
            self.add_error("days", _("Say on which days and at which hours, or at any hour."))
        if begins and begins == ends:
            self.add_error("ends", _("The end is the same as the beginning."))
        return found

    def way(self, key: UUID, zone: ZoneInfo, country: str, at: dt.datetime) -> reach.Way:
        """The way that was said at a centre with this zone and country, of a form that holds."""
        found = self.cleaned_data
        return reach.Way(
            key=key,
            channel=reach.Channel(found["channel"]),
            open=True,
            hours=Hours(self._expression(), zone, country),
            said_at=at,
            answering=reach.Answering(found["answering"] or reach.Answering.NOT_ASKED),
            expires=_end_of(found["expires"], zone),
            **{name: found[name] for name in ("address", "voicemail", "who_answers", "name_we_say", "code_word")},
        )

    def _expression(self) -> str:
        found = self.cleaned_data
        if found["any_hour"]:
            return ALWAYS
        return f"{','.join(found['days'])} {found['begins']:%H:%M}-{found['ends']:%H:%M}"


class AnswerForm(forms.Form):
    """What the client says to one act. No answer is chosen beforehand, and no words are asked for."""

    answer = forms.ChoiceField(
        choices=[(member.value, text) for member, text in words.ANSWERS.items()],
        label=_("What the client says"),
        widget=forms.RadioSelect,
    )
    given = _choice(words.GIVEN, _("How it was said"), consents.Given.SPOKEN)
    interpreter = forms.BooleanField(label=_("With an interpreter"), required=False)
    capacity = _choice(words.CAPACITY, _("Ability to decide"), consents.Capacity.DECIDES)
    ends = forms.DateField(label=_("Last day"), required=False, input_formats=[_DATE, "%Y-%m-%d"])
    own_words = _text(_("In the client's own words"), lines=True)

    def clean(self) -> dict[str, Any]:
        """A yes needs somebody who can decide now."""
        found = super().clean() or {}
        if found.get("answer") == consents.Answer.YES and found.get("capacity") == consents.Capacity.NOT_NOW:
            self.add_error("answer", str(words.UNSOUND[consents.Unsound.CANNOT_DECIDE]))
        return found

    def entry(self, act: consents.Act, wording: consents.Wording, zone: ZoneInfo, at: dt.datetime) -> consents.Entry:
        """The answer, of a form that holds, to an act that was asked for in these words."""
        found = self.cleaned_data
        return consents.Entry(
            act=act,
            answer=consents.Answer(found["answer"]),
            said_at=at,
            wording=wording,
            given=consents.Given(found["given"] or consents.Given.SPOKEN),
            interpreter=found["interpreter"],
            capacity=consents.Capacity(found["capacity"] or consents.Capacity.DECIDES),
            ends=_end_of(found["ends"], zone),
            own_words=found["own_words"],
        )
