"""Sweep: nobody is asked twice. In a case each thing is asked on one page; before it, the desk's contact asks a caller.

The rule: what a caller may be asked stands in the fields of a contact, and from there it goes into the case as told. In
a case, one form asks for each topic and for each thing that the client says of themselves: whatever else needs it shows
it. A form asks for what its fields are named after, and for what it says itself in `asks`.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import fields
from types import ModuleType
from typing import Any

from django import forms

import poukama
from poukama.cases.told import Topic
from poukama.cases.told_forms import TellingForm
from poukama.clients.forms import WishForm
from poukama.clients.identity import Identity
from poukama.clients.reach import Way
from poukama.clients.rules import ClosePerson, Guardians, Told, Wishes

# The rooms whose pages meet a client inside a case. The desk, which meets a caller before it, is not among them.
IN_A_CASE = ("cases", "clients", "care", "legal", "board", "samples", "plans", "examination", "referrals", "mypage")
# What tells an entry from others, or how it stands, is asked of nobody.
_NOT_ASKED = {"key", "open", "said_at", "number", "gone", "hours"}
# Things that more than one record holds under one name; the record's own name tells them apart.
_SHARED = {"name", "address", "own_words", "support_words"}


def things() -> dict[str, str]:
    """Everything that somebody may be asked in a case, by the name that a field for it has; and what it belongs to."""
    records = {"identity": Identity, "way": Way, "wishes": Wishes, "close person": ClosePerson, "relation": Told}
    found = {topic.value: "topic" for topic in Topic}
    for record, kind in records.items():
        found |= {field.name: record for field in fields(kind) if field.name not in _NOT_ASKED | _SHARED}
    # Where they live is theirs; where it happened is the topic of that name, which is asked under another.
    found["municipality"] = "identity"
    return found | {"guardians": Guardians.__name__, "called_name": "identity", "hetu": "identity"}


THINGS = things()


def modules(rooms: Iterable[str] = IN_A_CASE) -> Iterator[ModuleType]:
    """Every module of these rooms that is there."""
    for room in rooms:
        for found in pkgutil.walk_packages(poukama.__path__, "poukama."):
            if found.name.startswith(f"poukama.{room}.") and ".migrations." not in found.name:
                yield importlib.import_module(found.name)


def form_classes(module: Any) -> Iterator[type[forms.Form]]:
    """The forms that a module makes, and not those that others stand on."""
    for name, each in vars(module).items():
        own = inspect.isclass(each) and each.__module__ == module.__name__ and not name.startswith("_")
        if own and issubclass(each, forms.Form):
            yield each


def asked_by(form: Any) -> set[str]:
    """What a form asks for."""
    stood_on = {name for base in form.__bases__ for name in getattr(base, "base_fields", {})}
    named = {name for name in form.base_fields if name in THINGS and name not in stood_on}
    return named | {f"topic {topic}" if topic == "municipality" else str(topic) for topic in getattr(form, "asks", ())}


def asked_twice(classes: Iterable[type[forms.Form]]) -> dict[str, list[str]]:
    """What more than one form asks for, and which those are."""
    found: dict[str, list[str]] = {}
    for form in classes:
        for name in asked_by(form):
            found.setdefault(name, []).append(form.__name__)
    return {name: sorted(by) for name, by in found.items() if len(by) > 1}


def every_form() -> list[type[forms.Form]]:
    return list({form for module in modules() for form in form_classes(module)})


def test_in_a_case_nothing_is_asked_on_two_pages():
    assert asked_twice(every_form()) == {}


def test_every_topic_has_the_one_form_that_asks_it():
    assert len(asked_by(TellingForm)) >= len(Topic)


def test_what_the_client_says_of_themselves_is_asked_on_one_page_each():
    asked = {name for form in every_form() for name in asked_by(form)}
    unasked = set(THINGS) - asked - {"called_name", "hetu", "age"}
    # An age is asked as its two ends, an identifier's kind with it.
    assert unasked == set()


def test_a_second_form_that_asks_the_same_is_seen():
    class NeckForm(forms.Form):
        neck = forms.CharField()

    class HomeForm(forms.Form):
        avoid = forms.CharField()
        free = forms.CharField()

    class DerivedForm(forms.Form):
        asks = frozenset({Topic.CLOTHES})

    twice = asked_twice([TellingForm, WishForm, NeckForm, HomeForm, DerivedForm])
    assert twice == {
        "neck": ["NeckForm", "TellingForm"],
        "avoid": ["HomeForm", "WishForm"],
        "clothes": ["DerivedForm", "TellingForm"],
    }


def test_a_form_that_asks_for_something_of_its_own_is_let_be():
    class RoomForm(forms.Form):
        room = forms.CharField()

    assert asked_twice([TellingForm, RoomForm]) == {}
