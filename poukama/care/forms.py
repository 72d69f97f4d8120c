"""What is typed into notes, as plain objects of the rules."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from poukama.care.rules import SECTIONS
from poukama.cases.rules import Draft, Wording
from poukama.cases.walls import Section
from poukama.cases.words import SECTION
from poukama.staff.forms import Keyed, Plain

LONGEST = 50_000
# More digits than a browser's clock has, and fewer than a column.
_NUMBERS: dict[str, Any] = {"min_value": 0, "max_value": 10**15}


def words_field(label: Any, rows: int) -> forms.CharField:
    """A long text, kept as it is typed."""
    area = forms.Textarea({"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, required=False, strip=False, max_length=LONGEST, widget=area)


class BeginForm(Keyed):
    """A note that is begun: in which section, and who may read it."""

    section = forms.ChoiceField(label=pgettext_lazy("of a record", "Section"), choices=[])
    private = forms.BooleanField(
        label=_("Private"), required=False, help_text=_("Nobody else can read it, whatever their role.")
    )
    asked = forms.BooleanField(
        label=_("The client wants this written down"),
        required=False,
        help_text=_("Without this the note says only that you talked."),
    )

    def __init__(self, *args: Any, writable: tuple[Section, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.fields["section"]
        section.choices = [(each.value, SECTION[each]) for each in SECTIONS]
        # Any section is read here, so that a wall answers for itself; only one's own are offered.
        section.widget.choices = [(each.value, SECTION[each]) for each in writable]
        if Section.PASTORAL not in writable:
            del self.fields["asked"]

    def wording(self) -> Wording:
        """The note, without words yet."""
        known = self.cleaned_data
        return Wording(Section(known["section"]), asked=known.get("asked", False), private=known["private"])


class DraftForm(Plain):
    """A note as it stands in one window."""

    words = words_field(pgettext_lazy("of support", "Note"), 18)
    writer = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    number = forms.IntegerField(widget=forms.HiddenInput, **_NUMBERS)
    seen = forms.IntegerField(widget=forms.HiddenInput, **_NUMBERS)

    def draft(self) -> Draft:
        """The note as it was typed, of a form that holds."""
        known = self.cleaned_data
        return Draft(known["words"], known["writer"], known["number"], known["seen"])


class AddendumForm(Keyed):
    """What is added to a signed note."""

    words = words_field(_("What is added or corrected"), 4)
