"""The questions and fields of a contact as a page shows them: with what is answered, and what was not kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from poukama.centres.rules import Pack
from poukama.helpline import words
from poukama.helpline.answers import NOT_ASKED, UNKNOWN, UNSAID, Said, age_of, choices
from poukama.helpline.rules import duty_hint
from poukama.staff import moments

Typed = Mapping[str, Any]
Errors = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen; `mark` says what an age means for the duty to inform."""

    value: str
    word: str
    chosen: bool
    mark: str = ""

    @property
    def blank(self) -> bool:
        """Whether it says that nothing was asked: a line in place of a word, which is heard as the word."""
        return self.value in (NOT_ASKED, Said.NOT_ASKED)

    @property
    def short(self) -> str:
        """What is seen in place of the word, where that is less."""
        return "–" if self.blank else ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers, one or many of which may be chosen."""

    name: str
    legend: Promise
    choices: tuple[Choice, ...]
    many: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A line or a page to write on."""

    name: str
    label: Promise
    value: str
    error: str = ""
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """Something that is so or not."""

    name: str
    label: Promise
    chosen: bool


LEGENDS: Mapping[str, Promise] = {
    "language": pgettext_lazy("question", "Language"),
    "caller": pgettext_lazy("question", "Caller"),
    "safe_now": _("Safe at this moment?"),
    "hurt": _("Hurt or bleeding?"),
    "neck": _("Did anything happen to the neck?"),
    "when": pgettext_lazy("question", "When?"),
    "age": pgettext_lazy("question", "Age?"),
    "suicidal": _("Thoughts of ending their life?"),
    "place": pgettext_lazy("question", "Where?"),
    "infection": _("A fever or signs of infection?"),
    "wants": _("What do they want?"),
    "safe_contact": _("Safe contact"),
}
LABELS: Mapping[str, Promise] = {
    "note": pgettext_lazy("field", "Note"),
    "called_name": _("Called name"),
    "phone": _("Number, if they give it"),
    "hours": _("When it is safe"),
    "name_to_say": _("The name we say"),
    "arrives": _("Arrives at about"),
}
TICKS: Mapping[str, Promise] = {
    "interpreter": pgettext_lazy("tick", "interpreter"),
    "unsure": pgettext_lazy("tick", "unsure"),
    "voicemail": _("may leave a message"),
}
OTHERS: Mapping[str, Promise] = {
    "to": pgettext_lazy("pass on", "To"),
    "began_at": pgettext_lazy("field", "Began at"),
    "ended_at": pgettext_lazy("field", "Ended at"),
}
LISTS: Mapping[str, words.Labels] = {
    "caller": words.ASKER,
    "safe_now": words.SAFE_NOW,
    "hurt": words.HURT,
    "neck": words.SAID,
    "suicidal": words.SAID,
    "when": words.WHEN,
    "infection": words.SAID,
    "wants": words.WANT,
    "safe_contact": words.SAFE_CONTACT,
}


def questions(typed: Typed, errors: Errors, pack: Pack, reader: str) -> dict[str, Question]:
    """Every question by name. `typed` holds what is answered, each as the contact or as a browser has it."""
    found = {}
    for name, legend in LEGENDS.items():
        many = name == "wants"
        chosen = {str(each) for each in typed[name]} if many else {str(typed[name])}
        offered = tuple(_offered(name, chosen, pack, reader))
        found[name] = Question(name, legend, offered, many, errors.get(name, ""))
    return found


def fields(typed: Typed, errors: Errors) -> dict[str, Field]:
    """Every field by name, with what stands in it."""
    modes = {"phone": "tel"}
    typed = {**typed, "arrives": moments.wall(typed["arrives"])}
    return {
        name: Field(name, label, str(typed[name]), errors.get(name, ""), modes.get(name, ""))
        for name, label in LABELS.items()
    }


def ticks(typed: Typed) -> dict[str, Tick]:
    """Every tick by name."""
    return {name: Tick(name, label, bool(typed[name])) for name, label in TICKS.items()}


def label_of(name: str) -> Promise:
    """What a question, field or tick is called."""
    return {**LEGENDS, **LABELS, **TICKS, **OTHERS}[name]


def _offered(name: str, chosen: set[str], pack: Pack, reader: str) -> Iterator[Choice]:
    if name in LISTS:
        yield from (Choice(word, str(label), word in chosen) for word, label in LISTS[name].items())
        return
    for value in _codes(name, chosen, pack):
        word, mark = _worded(name, value, pack, reader)
        yield Choice(value, word, value in chosen, mark)


def _codes(name: str, chosen: set[str], pack: Pack) -> Iterable[str]:
    given, rest = choices(pack), (UNKNOWN, UNSAID, NOT_ASKED)
    if name == "age":
        return (*given.ages, *rest)
    if name == "place":
        return (NOT_ASKED, *given.places, UNKNOWN, UNSAID)
    # What is already chosen stays a choice, whoever chose it.
    return dict.fromkeys((NOT_ASKED, *pack.languages, *words.OFTEN, *sorted(chosen - {NOT_ASKED}), UNKNOWN, UNSAID))


def _worded(name: str, value: str, pack: Pack, reader: str) -> tuple[str, str]:
    if name == "age":
        return words.age_word(value), duty_hint(age_of(value), pack.duty)
    if name == "place":
        return words.place_word(value, pack, reader), ""
    return words.language_name(value), ""
