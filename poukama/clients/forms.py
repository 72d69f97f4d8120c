"""What staff type about a client, as plain objects of the rules. Nothing has to be filled in but what a way needs.

A form that is about one record of many things sends along what stood in it, so that only what was changed is taken
down: two people who write at the same time do not undo each other.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from poukama.clients import hetu, reach, rules, weekly, words
from poukama.clients.identity import Gender, IdentifierKind, Identity
from poukama.core.clock import from_wall
from poukama.core.hours import ALWAYS, Hours
from poukama.doors.known import Age
from poukama.staff.forms import LONGEST_NAME, Keyed, Lines, OneLine, Plain
from poukama.staff.languages import language_name

_DATE = "%Y-%m-%d"
_TYPED = "%d.%m.%Y"
_OLDEST = 130
_LONGEST_WORDS = 4000
# The days of a week as opening hours write them.
DAYS = tuple(
    zip(
        weekly.DAYS,
        (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")),
        strict=True,
    )
)


def choice(labels: Any, label: Any, first: Any, **more: Any) -> forms.TypedChoiceField:
    """One of these words; nothing chosen is the first."""
    choices = [(member.value, text) for member, text in labels.items()]
    return forms.TypedChoiceField(
        choices=choices, label=label, required=False, initial=first.value, empty_value=first.value, **more
    )


def line(label: Any, **more: Any) -> OneLine:
    """A name or the like, if there is one."""
    return OneLine(label=label, required=False, validators=[MaxLengthValidator(LONGEST_NAME)], **more)


def text(label: Any, *, rows: int = 2, **more: Any) -> Lines:
    """Some lines, if there are any."""
    widget = forms.Textarea({"rows": rows})
    return Lines(label=label, required=False, max_length=_LONGEST_WORDS, widget=widget, **more)


def date(label: Any, **more: Any) -> forms.DateField:
    """A date in the browser's own field, or typed as 24.11.2026; empty is none."""
    widget = forms.DateInput({"type": "date"}, format=_DATE)
    return forms.DateField(label=label, required=False, widget=widget, input_formats=[_DATE, _TYPED], **more)


def end_of(day: dt.date | None, zone: ZoneInfo) -> dt.datetime | None:
    """The midnight after a last day, on the centre's wall."""
    return from_wall(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()), zone) if day else None


class Changing(Keyed):
    """A form that knows what stood in it when it was opened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = name != "key"

    def as_opened(self, name: str) -> SafeString:
        """What stood in a field, for one that is not drawn whole: a row of choices."""
        return self[name].as_hidden(only_initial=True)

    def changed(self, *names: str) -> bool:
        """Whether something else stands in one of these fields than before."""
        return bool(set(names) & set(self.changed_data))

    def said(self) -> dict[str, Any]:
        """What was changed, as the words of the rules."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "key" and self.changed(name)}


# ── Who it is ────────────────────────────────────────────────────────────────────────────────────────────────


class PersonForm(Changing):
    """Who somebody is, as far as they say. `today` is the centre's date; `practice` says which codes are taken."""

    called = line(_("Called name"), help_text=_("The name they want to be called by. It need not be their own."))
    name = line(_("Name"))
    born = date(_("Date of birth"))
    age_least = forms.IntegerField(label=_("Age at least"), required=False, min_value=0, max_value=_OLDEST)
    age_most = forms.IntegerField(label=_("Age at most"), required=False, min_value=0, max_value=_OLDEST)
    kind = choice(words.IDENTIFIERS, _("Identifier"), IdentifierKind.NONE)
    identifier = line(
        _("The identifier itself"), help_text=_("A temporary identifier may be left empty: the code of the case is it.")
    )
    code_from_client = forms.BooleanField(label=_("The client gave the identity code themselves"), required=False)
    gender = choice(words.GENDERS, _("Gender, as the client says it"), Gender.NOT_ASKED)
    gender_words = line(_("Gender in the client's own words"))
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(
        self, data: Any = None, *, today: dt.date, practice: bool, languages: Iterable[str] = (), **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.today, self.practice = today, practice
        codes = dict.fromkeys([*languages, self.get_initial_for_field(self.fields["language"], "language") or ""])
        named = [(code, language_name(code)) for code in codes if code]
        self.fields["language"].choices = [("", _("Not asked")), *named]  # type: ignore[attr-defined]

    @staticmethod
    def opened_with(identity: Identity) -> dict[str, Any]:
        """What stands in the form of somebody who has said this."""
        names = ("called", "name", "born", "kind", "identifier", "code_from_client", "gender", "gender_words")
        found = {name: getattr(identity, name) for name in (*names, "language")}
        return found | {"age_least": identity.age.least or None, "age_most": identity.age.most}

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

    def said(self) -> dict[str, Any]:
        """What was changed of an identity, of a form that holds."""
        found, said = self.cleaned_data, super().said()
        if self.changed("age_least", "age_most"):
            said["age"] = Age(found["age_least"] or 0, found["age_most"])
        if self.changed("kind", "identifier", "code_from_client"):
            said |= {name: found[name] for name in ("identifier", "code_from_client")}
            said["kind"] = IdentifierKind(found["kind"])
        if self.changed("gender"):
            said["gender"] = Gender(found["gender"])
        return {name: value for name, value in said.items() if name not in ("age_least", "age_most")}


class WhereaboutsForm(Changing):
    """Where somebody lives and what gives that away, and whether they are protected."""

    address = text(_("Address"))
    municipality = line(_("Home municipality"))
    gives_away = text(
        _("What else tells where they are"), help_text=_("A school, a place of work, a hobby: one on each line.")
    )
    shielded = forms.BooleanField(
        label=_("Protection for personal safety"),
        required=False,
        help_text=_("Hides the address, the municipality and what gives them away: on pages, prints and file names."),
    )


# ── How they are reached ─────────────────────────────────────────────────────────────────────────────────────


class WayForm(Plain):
    """How the client may be reached. Without days and hours, or "at any hour", it is no way."""

    channel = forms.ChoiceField(
        choices=[(member.value, text) for member, text in words.CHANNELS.items()], label=_("By what")
    )
    address = OneLine(label=_("Number or address"), validators=[MaxLengthValidator(LONGEST_NAME)])
    any_hour = forms.BooleanField(label=_("At any hour"), required=False)
    days = forms.MultipleChoiceField(
        choices=DAYS, label=_("On which days"), required=False, widget=forms.CheckboxSelectMultiple
    )
    begins = forms.TimeField(
        label=pgettext_lazy("hour", "From"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TimeInput({"inputmode": "decimal", "autocomplete": "off"}, format="%H.%M"),
    )
    ends = forms.TimeField(
        label=pgettext_lazy("hour", "Until"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TimeInput({"inputmode": "decimal", "autocomplete": "off"}, format="%H.%M"),
    )
    voicemail = forms.BooleanField(label=_("A message may be left"), required=False)
    answering = choice(words.ANSWERING, _("Who may answer"), reach.Answering.NOT_ASKED)
    who_answers = line(_("Who, if the client names somebody"))
    name_we_say = line(_("The name that we say"))
    code_word = line(_("Code word"))
    expires = date(_("Last day"), help_text=_("After it the way is closed, until the client opens it again."))

    @staticmethod
    def opened_with(way: reach.Way, zone: ZoneInfo) -> dict[str, Any]:
        """What stands in the form of a way. Hours that cannot be said in it are asked again."""
        names = ("channel", "address", "voicemail", "answering", "who_answers", "name_we_say", "code_word")
        found = {name: getattr(way, name) for name in names}
        found["any_hour"] = way.hours.expression == ALWAYS
        if (times := weekly.read(way.hours.expression)) and len(times) == 1:
            found["days"] = [weekly.DAYS[day] for day in times[0].days]
            found |= {"begins": times[0].begins.replace(":", "."), "ends": times[0].ends.replace(":", ".")}
        if way.expires:
            found["expires"] = (way.expires.astimezone(zone) - dt.timedelta(days=1)).date()
        return found

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
            answering=reach.Answering(found["answering"]),
            expires=end_of(found["expires"], zone),
            **{name: found[name] for name in ("address", "voicemail", "who_answers", "name_we_say", "code_word")},
        )

    def _expression(self) -> str:
        found = self.cleaned_data
        if found["any_hour"]:
            return ALWAYS
        days = tuple(weekly.DAYS.index(day) for day in found["days"])
        return weekly.Times(days, f"{found['begins']:%H:%M}", f"{found['ends']:%H:%M}").expression


class OneWayForm(Keyed, WayForm):
    """A way on a page of its own."""


# ── What they wish, and who is close ─────────────────────────────────────────────────────────────────────────


class WishForm(Changing):
    """What the client would rather have or not have."""

    examiner = choice(words.EXAMINERS, _("Who examines"), rules.Examiner.NOT_ASKED)
    examiner_words = line(_("About the examiner, in their own words"))
    interpreter = choice(
        words.WISHES,
        _("Interpreter"),
        rules.Wish.NOT_ASKED,
        help_text=_("Never a relative or a friend, and never a child."),
    )
    interpreter_language = forms.ChoiceField(label=_("Language of the interpreter"), required=False)
    support_person = choice(words.WISHES, _("A support person beside them"), rules.Wish.NOT_ASKED)
    support_words = line(_("About the support person"))
    avoid = text(_("Words and things to avoid"), help_text=_("What we do not say or do. All on the team see it."))
    breaks = line(_("Breaks"), help_text=_("How they show that they need one."))
    other = text(_("Other wishes"))

    def __init__(self, data: Any = None, *, languages: Iterable[str] = (), **more: Any) -> None:
        super().__init__(data, **more)
        held = self.get_initial_for_field(self.fields["interpreter_language"], "interpreter_language") or ""
        named = [(code, language_name(code)) for code in dict.fromkeys([*languages, held]) if code]
        self.fields["interpreter_language"].choices = [("", _("Not said")), *named]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What was changed of the wishes, of a form that holds."""
        kinds = {"examiner": rules.Examiner, "interpreter": rules.Wish, "support_person": rules.Wish}
        return {name: kinds[name](value) if name in kinds else value for name, value in super().said().items()}


class GuardianForm(Keyed):
    """Whether a minor's guardians see the record, as decided at this visit."""

    guardians = choice(
        words.GUARDIANS, _("Guardians and this record"), rules.Guardians.NOT_ASKED, widget=forms.RadioSelect
    )

    def decided(self) -> rules.Guardians:
        """The national value."""
        return rules.Guardians(self.cleaned_data["guardians"])


class ClosePersonForm(Keyed):
    """Somebody close to the client, and help of their own."""

    closeness = choice(words.CLOSENESS, _("What they are to the client"), rules.Closeness.OTHER)
    name = line(_("Their name"))
    number = line(_("Their number"), widget=forms.TextInput({"type": "tel", "autocomplete": "off"}))
    knows = text(_("What they know, and what they may be told"))
    support = choice(words.SUPPORT, _("Support for themselves"), rules.Support.NOT_ASKED)
    support_words = text(_("About their support"))
    gone = forms.BooleanField(label=_("No longer somebody close"), required=False)

    @staticmethod
    def opened_with(person: rules.ClosePerson) -> dict[str, Any]:
        """What stands in the form of somebody close."""
        names = ("closeness", "name", "number", "knows", "support", "support_words", "gone")
        return {name: getattr(person, name) for name in names}

    def person(self, key: UUID) -> rules.ClosePerson:
        """Somebody close, of a form that holds."""
        found = self.cleaned_data
        return rules.ClosePerson(
            key=key,
            closeness=rules.Closeness(found["closeness"]),
            support=rules.Support(found["support"]),
            **{name: found[name] for name in ("name", "number", "knows", "support_words", "gone")},
        )


class RelationForm(Keyed):
    """What whoever did it is to the client: a code, and the client's own words. Nothing else is asked of them."""

    relation = choice(words.RELATIONS, _("What they are to the client"), rules.Relation.NOT_ASKED)
    own_words = text(_("In the client's own words"), help_text=_("Only if the client wants. No name, no address."))

    def told(self) -> rules.Told:
        """The relation."""
        found = self.cleaned_data
        return rules.Told(rules.Relation(found["relation"]), found["own_words"])


class ShutOutForm(Keyed):
    """A member for whom the record is not to exist. No reason is asked."""

    member = forms.TypedChoiceField(label=_("Who of the staff"), coerce=int, choices=())

    def __init__(self, data: Any = None, *, members: Mapping[int, str], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["member"].choices = [("", _("Choose")), *members.items()]  # type: ignore[attr-defined]
