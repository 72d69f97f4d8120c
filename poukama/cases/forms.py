"""What staff type about a case, as plain objects of the rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from poukama.cases.need import GlassReason
from poukama.cases.words import GLASS_REASON
from poukama.staff.forms import Keyed


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
