"""What is typed about members, read into the dataclasses of `rules`."""

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from poukama.core.clock import from_wall
from poukama.core.texts import clean, one_line
from poukama.staff.labels import DENSITIES, LANGUAGES, LOOKS, ROLES
from poukama.staff.rules import LOGIN, Density, Look, Manner, Person, Role, Tenure, typed_code

LONGEST_NAME = 300
# Where a number without a country's code is taken to be.
_HOME = "FI"
# A year outside these is a slip of the hand.
_FIRST, _LAST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
# A day outside these is nobody's, and one at the end of all days has no day after it.
_EVER = (MinValueValidator(dt.date(1800, 1, 1)), MaxValueValidator(dt.date(2199, 12, 31)))


class OneLine(forms.CharField):
    """A name or the like, in any script: cleaned, and on one line."""

    def to_python(self, value: Any) -> str:
        """As `core.texts.one_line` says."""
        return one_line(super().to_python(value) or "")


class Lines(forms.CharField):
    """Some lines, in any script: cleaned, and else as they were typed."""

    def to_python(self, value: Any) -> str:
        """As `core.texts.clean` says, with line ends as Unix has them."""
        return clean(super().to_python(value) or "").replace("\r\n", "\n")


class Phone(OneLine):
    """A telephone number as people write it, kept as +358...; empty stays empty."""

    def clean(self, value: Any) -> str:
        """The number as it is dialled from anywhere. Raises ValidationError for what no telephone takes."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, _HOME)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise forms.ValidationError(_("Write the whole number, as 040 123 4567 or +46 8 123 456 78."))
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A day, in the browser's own field, of a year that is no slip of the hand."""
    # A browser's own date field sends a date in this one form, whatever it shows.
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label,
        required=required,
        widget=widget,
        input_formats=["%Y-%m-%d"],
        validators=[MinValueValidator(_FIRST), MaxValueValidator(_LAST)],
    )


class Plain(forms.Form):
    """A form that says in our words what is missing, and takes no day that no calendar of ours has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("This is missing.")
            for part in getattr(field, "fields", (field,)):
                if isinstance(part, forms.DateField) and not part.validators:
                    part.validators.extend(_EVER)


class Keyed(Plain):
    """A form that is one and the same however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class _TenureForm(Keyed):
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose")), *ROLES.items()])
    begins = day_field(_("From"), required=True)
    ends = day_field(_("Last day"), required=False)

    def clean(self) -> dict[str, Any]:
        """A last day is not before the first."""
        known = self.cleaned_data
        if known.get("begins") and known.get("ends") and known["ends"] < known["begins"]:
            self.add_error("ends", _("The last day is before the first."))
        return known

    def tenure(self, zone: ZoneInfo, at: dt.datetime) -> Tenure:
        """The role and its time, by the days of the centre. From today is from now."""
        known = self.cleaned_data
        today = at.astimezone(zone).date()
        begins = at if known["begins"] == today else midnight(known["begins"], zone)
        return Tenure(Role(known["role"]), begins, day_after(known["ends"], zone))


class InvitationForm(_TenureForm):
    """Somebody new: who they are, and their first post."""

    name = OneLine(label=_("Name"), validators=[MaxLengthValidator(LONGEST_NAME)])
    login = OneLine(
        label=_("Login"),
        help_text=_("Small letters a–z, digits, dots and dashes. It stays the same for good."),
        validators=[RegexValidator(rf"^{LOGIN.pattern}\Z", _("Use small letters a–z, digits, dots and dashes."))],
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()))
    phone = Phone(label=_("Work telephone"), required=False, widget=forms.TextInput({"type": "tel"}))
    field_order = ["name", "login", "language", "phone", "role", "begins", "ends", "key"]

    def person(self) -> Person:
        """Who they are."""
        known = self.cleaned_data
        return Person(known["name"], known["language"], known["phone"])


class PostForm(_TenureForm):
    """Another post for somebody who is here."""


class ElsewhereForm(_TenureForm):
    """A post here for somebody who works at another centre."""

    known_login = OneLine(
        label=_("Their login"), widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"})
    )
    field_order = ["known_login", "role", "begins", "ends", "key"]


class EndForm(Plain):
    """The last day of a post; none is now."""

    ends = day_field(_("Last day"), required=False)

    def moment(self, zone: ZoneInfo, at: dt.datetime) -> dt.datetime:
        """From when the post is over."""
        return day_after(self.cleaned_data["ends"], zone) or at


class KeyForm(Keyed):
    """A button that makes a code."""


class OwnForm(Plain):
    """One's own page."""

    name = OneLine(
        label=_("Name"),
        validators=[MaxLengthValidator(LONGEST_NAME)],
        help_text=_("As colleagues know you."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = Phone(
        label=_("Work telephone"),
        required=False,
        help_text=_("Colleagues call this when you are on call. Never give a private number."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "work tel"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()), widget=forms.RadioSelect)
    look = forms.ChoiceField(label=_("Look"), choices=list(LOOKS.items()), widget=forms.RadioSelect)
    density = forms.ChoiceField(
        label=_("Size of buttons and rows"), choices=list(DENSITIES.items()), widget=forms.RadioSelect
    )
    shortcuts = forms.BooleanField(
        label=_("Use keyboard shortcuts"),
        required=False,
        help_text=_("Every shortcut has a button too, so nothing is lost without them."),
    )

    def person(self) -> Person:
        """Who one is."""
        known = self.cleaned_data
        return Person(known["name"], known["language"], known["phone"])

    def manner(self) -> Manner:
        """How the pages are to be."""
        known = self.cleaned_data
        return Manner(Look(known["look"]), Density(known["density"]), known["shortcuts"])


class CodeForm(Plain):
    """The one-time code, however it is grouped."""

    code = OneLine(
        label=_("One-time code"),
        help_text=_("Twelve letters and digits, as K7QM-42MX-9PZT. Capitals and dashes do not matter."),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code"}
        ),
    )

    def code_typed(self) -> str:
        """The code without its grouping; empty if it can be none."""
        return typed_code(self.cleaned_data["code"])


class PasswordForm(Plain):
    """A password of one's own choice, twice."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 12 characters. A sentence that you remember is good; pasting from a manager is fine."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same again"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, member: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._member = member

    def clean_password(self) -> str:
        """Raises ValidationError for a password that is too easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self._member)
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        known = self.cleaned_data
        if "password" in known and known.get("again") != known["password"]:
            self.add_error("again", _("The two are not the same."))
        return known


def midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """When a day begins, by the clocks of a zone."""
    return from_wall(dt.datetime.combine(day, dt.time()), zone)


def day_after(last: dt.date | None, zone: ZoneInfo) -> dt.datetime | None:
    """When the day after a last day begins: from then on it is over. None has no end."""
    return None if last is None else midnight(last + dt.timedelta(days=1), zone)
