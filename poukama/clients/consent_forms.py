"""What staff type about consents: many answers at once, one answer with its history, something that has left.

No answer is chosen beforehand, none is needed, and "not now" is as near as "yes".
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from poukama.clients import words
from poukama.clients.asked import Asked
from poukama.clients.consents import Act, Answer, Capacity, Entry, Given, Unsound, Wording
from poukama.clients.forms import Changing, choice, date, end_of, line, text
from poukama.staff.forms import Keyed


class _Answering(forms.Form):
    """How answers were given: by word or in writing, with whom, by somebody who could decide."""

    given = choice(words.GIVEN, _("How it was said"), Given.SPOKEN, widget=forms.RadioSelect)
    capacity = choice(words.CAPACITY, _("Ability to decide"), Capacity.DECIDES, widget=forms.RadioSelect)
    interpreted = forms.BooleanField(label=_("With an interpreter"), required=False)
    interpreter_name = line(_("Name of the interpreter"))

    def how(self) -> dict[str, Any]:
        """What they have in common, of a form that holds. Who names an interpreter had one."""
        found = self.cleaned_data
        return {
            "given": Given(found["given"]),
            "capacity": Capacity(found["capacity"]),
            "interpreter": found["interpreted"] or bool(found["interpreter_name"]),
            "interpreter_name": found["interpreter_name"],
        }

    def must_decide(self, answers: Iterable[str]) -> None:
        """A yes needs somebody who can decide now."""
        if Answer.YES in answers and self.cleaned_data.get("capacity") == Capacity.NOT_NOW:
            self.add_error("capacity", str(words.UNSOUND[Unsound.CANNOT_DECIDE]))


def _answers(*, unasked: bool) -> list[tuple[str, words.Words]]:
    """What may be chosen; that nothing was asked only while nothing was."""
    answers = (Answer.YES, Answer.NOT_NOW, Answer.NO, *([Answer.NOT_ASKED] if unasked else []))
    return [(answer.value, words.ANSWERS[answer]) for answer in answers]


class LedgerForm(_Answering, Changing):
    """The answers to everything that a centre asks. Only those that were changed here are taken down."""

    def __init__(self, asked: Iterable[Asked], standing: Mapping[Act, Answer], data: Any = None, **more: Any) -> None:
        self.asked = {self.name_of(each): each for each in asked}
        super().__init__(data, **more)
        for name, each in self.asked.items():
            held = standing.get(each.act, Answer.NOT_ASKED)
            self.fields[name] = forms.ChoiceField(
                choices=_answers(unasked=held is Answer.NOT_ASKED),
                initial=held.value,
                label=each.code,
                required=False,
                widget=forms.RadioSelect,
                show_hidden_initial=True,
            )

    @staticmethod
    def name_of(asked: Asked) -> str:
        """What the field of an act is called."""
        return f"answer_{asked.code}"

    def row(self, asked: Asked) -> BoundField:
        """The field of an act."""
        return self[self.name_of(asked)]

    def answered(self) -> Iterator[tuple[Asked, Answer]]:
        """Each act to which something else was said than before."""
        for name, each in self.asked.items():
            if self.changed(name) and self.cleaned_data.get(name):
                yield each, Answer(self.cleaned_data[name])

    def clean(self) -> dict[str, Any]:
        """A yes needs somebody who can decide now."""
        found = super().clean() or {}
        self.must_decide([answer for _asked, answer in self.answered()])
        return found

    def entry(self, act: Act, answer: Answer, wording: Wording, at: dt.datetime) -> Entry:
        """One of the answers as the ledger takes it, of a form that holds."""
        return Entry(act=act, answer=answer, said_at=at, wording=wording, **self.how())


class AnswerForm(_Answering, Keyed):
    """What the client says to one act, with an end and words if there are any."""

    answer = forms.ChoiceField(
        label=_("What the client says"), choices=_answers(unasked=False), widget=forms.RadioSelect
    )
    ends = date(_("Last day"), help_text=_("If the client sets one: after it the yes is over."))
    own_words = text(_("In the client's own words"))
    field_order = ["answer", "ends", "own_words", "given", "capacity", "interpreted", "interpreter_name", "key"]

    def clean(self) -> dict[str, Any]:
        """A yes needs somebody who can decide now."""
        found = super().clean() or {}
        self.must_decide([found.get("answer", "")])
        return found

    def entry(self, act: Act, wording: Wording, zone: ZoneInfo, at: dt.datetime) -> Entry:
        """The answer, of a form that holds, to an act that was asked for in these words."""
        found = self.cleaned_data
        return Entry(
            act=act,
            answer=Answer(found["answer"]),
            said_at=at,
            wording=wording,
            ends=end_of(found["ends"], zone),
            own_words=found["own_words"],
            **self.how(),
        )


class DisclosureForm(Keyed):
    """Something that is handed over now, in a few words: what, not why."""

    what = text(_("What is handed over, and to whom by name"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].required = True
