"""The small form for one topic: the only place in a case where something told is written down."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from poukama.cases.forms import choices
from poukama.cases.told import ABOUT, WHICH, NotTellable, Said, Telling, Topic, Unfit, checked, read_time, time_code
from poukama.cases.told_words import CODE, SAID, UNFIT
from poukama.core.clock import from_wall
from poukama.protocols.rules import Interval
from poukama.roster.forms import Wall
from poukama.staff.forms import Keyed, Lines

_LONGEST = 20_000


class _Moment(Wall):
    """A date and a time, or neither."""

    def compress(self, data_list: list[Any]) -> Any:
        """The two as one. Raises ValidationError for a time without a day."""
        if not data_list:
            return None
        if not data_list[0]:
            raise forms.ValidationError(_("Write the date and the time."))
        return super().compress(data_list)


class TellingForm(Keyed):
    """What is told of one topic. All of it may stay empty but one thing: an answer, a choice, or words."""

    # A test reads this: no other form in a case asks one of these.
    asks: ClassVar[frozenset[Topic]] = frozenset(Topic)

    corrects = forms.UUIDField(required=False, widget=forms.HiddenInput)
    said = forms.ChoiceField(label=_("Answer"), choices=choices(SAID), required=False, widget=forms.RadioSelect)
    earliest = _Moment(label=_("Not before"), required=False)
    latest = _Moment(label=_("Not after"), required=False)
    place = forms.ChoiceField(label=_("Municipality"), required=False)
    codes = forms.MultipleChoiceField(label=_("What fits"), required=False, widget=forms.CheckboxSelectMultiple)
    words = Lines(label=_("In words"), required=False, max_length=_LONGEST, widget=forms.Textarea({"rows": 3}))
    own_words = forms.BooleanField(label=_("These are the client's own words"), required=False)

    def __init__(
        self, topic: Topic, zone: ZoneInfo, places: dict[str, str], at: dt.datetime, data: Any = None, **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.topic, self.zone, self.at = topic, zone, at
        codes = [(code, CODE[code]) for code in CODE if code in ABOUT[topic].codes]
        self.fields["codes"].choices = codes  # type: ignore[attr-defined]
        if topic in WHICH:
            offered = [(said.value, word) for said, word in SAID.items() if said not in (Said.YES, Said.NO)]
            self.fields["said"].choices = offered  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", _("Not said")), *places.items()]  # type: ignore[attr-defined]
        unfit = [name for name, fits in self._fits(topic).items() if not fits]
        for name in unfit:
            del self.fields[name]

    @staticmethod
    def _fits(topic: Topic) -> dict[str, bool]:
        """Which fields a topic has."""
        timed = topic is Topic.TIME
        return {
            "earliest": timed,
            "latest": timed,
            "place": topic is Topic.MUNICIPALITY,
            "codes": bool(ABOUT[topic].codes),
        }

    @staticmethod
    def opened_with(telling: Telling, corrects: UUID, zone: ZoneInfo) -> dict[str, Any]:
        """What stands in the form that corrects this."""
        found: dict[str, Any] = {"corrects": corrects, "codes": sorted(telling.codes)}
        found |= {"said": telling.said, "words": telling.words, "own_words": telling.own_words}
        if telling.topic is Topic.MUNICIPALITY:
            found["place"] = next(iter(telling.codes), "")
        if telling.topic is Topic.TIME and telling.codes:
            event = read_time(next(iter(telling.codes)))
            ends = {"earliest": event.earliest, "latest": event.latest}
            found |= {name: end.astimezone(zone) for name, end in ends.items() if end}
        return found

    def clean(self) -> dict[str, Any]:
        """Say beside the field what keeps it from being kept."""
        found = super().clean() or {}
        if not self.errors:
            try:
                checked(self.telling(), self.at)
            except NotTellable as refused:
                self.add_error(self._beside(refused.unfit), str(UNFIT[refused.unfit]))
        return found

    def _beside(self, unfit: Unfit) -> str:
        beside = {Unfit.EMPTY: "said", Unfit.QUOTES_NOTHING: "words", Unfit.TIME: "latest", Unfit.CODE: "codes"}
        name = beside[unfit]
        return name if name in self.fields else "said"

    def telling(self) -> Telling:
        """What was told, of a form that holds. A choice says more than a yes."""
        found, codes = self.cleaned_data, self._codes()
        said = Said(found["said"] or Said.TOLD)
        return Telling(
            topic=self.topic,
            said=Said.TOLD if codes and said is Said.YES else said,
            codes=codes,
            words=found["words"],
            own_words=found["own_words"],
            corrects=found["corrects"],
        )

    def _codes(self) -> frozenset[str]:
        found = self.cleaned_data
        ends = [from_wall(end, self.zone) if end else None for end in (found.get("earliest"), found.get("latest"))]
        if any(ends):
            return frozenset({time_code(Interval(*ends))})
        return frozenset({*found.get("codes", ()), found.get("place", "")} - {""})
