"""Sweeps: nobody gets in by a door that somebody forgot."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

import poukama
from poukama.gate.gates import open_to_all
from poukama.gate.rules import OPERATOR, Permission
from poukama.signin.rules import AT_THE_DOOR
from poukama.staff.rules import GRANTS
from tests.architecture.source import PACKAGE, code

# ── Pages ────────────────────────────────────────────────────────────────────────────────────────────────────


def ungated(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    """The addresses whose view says neither who may open it nor that everybody may."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from ungated(pattern.url_patterns)
        elif not hasattr(pattern.callback, "gate"):
            yield str(pattern.pattern)


def test_every_page_says_who_may_open_it():
    assert list(ungated(get_resolver().url_patterns)) == []


def test_a_page_without_a_gate_is_seen():
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def gated(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    patterns = [path("open", open_to_all(gated)), path("forgotten", view)]
    assert list(ungated(patterns)) == ["forgotten"]


# ── Writes ───────────────────────────────────────────────────────────────────────────────────────────────────


def action_modules() -> Iterator[ModuleType]:
    """Every `actions` of every room, and those that a room has apart by subject."""
    for found in pkgutil.walk_packages(poukama.__path__, "poukama."):
        if found.name.endswith((".actions", "_actions")):
            yield importlib.import_module(found.name)


def faults(module: Any) -> Iterator[str]:
    """What keeps a module's public functions from being actions."""
    for name, function in vars(module).items():
        if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != module.__name__:
            continue
        yield from (f"{name} {fault}" for fault in _faults_of(function))


def _faults_of(function: Callable[..., Any]) -> Iterator[str]:
    parameters = inspect.signature(function).parameters
    if not {"gate", "event"} <= vars(function).keys():
        yield "is no @action"
    for needed in ("by", "at"):
        if needed not in parameters or parameters[needed].kind is not inspect.Parameter.KEYWORD_ONLY:
            yield f"has no keyword-only {needed}"
    yield from (f"takes an id: {name}" for name in parameters if name.endswith("_id"))
    if not parameters or next(iter(parameters.values())).kind is inspect.Parameter.KEYWORD_ONLY:
        yield "has nothing that it acts on"


def test_every_write_is_an_action_on_an_object_by_somebody_at_a_moment():
    found = list(action_modules())
    assert found, "no room has actions: the sweep sweeps nothing"
    assert {module.__name__: list(faults(module)) for module in found} == {module.__name__: [] for module in found}


def test_a_write_that_is_no_action_is_seen():
    def bare(case_id, by, at):
        pass

    def aimless(*, by, at):
        pass

    vars(aimless).update(gate=Permission.CENTRE_LOAD, event="case.opened")

    module = SimpleNamespace(__name__=__name__, bare=bare, aimless=aimless, _private=bare, borrowed=inspect.isfunction)
    assert list(faults(module)) == [
        "bare is no @action",
        "bare has no keyword-only by",
        "bare has no keyword-only at",
        "bare takes an id: case_id",
        "aimless has nothing that it acts on",
    ]


# Where a permission is named without being asked for.
_NAMED_ONLY = {PACKAGE / "gate" / "rules.py", PACKAGE / "staff" / "rules.py"}

# ── Permissions ──────────────────────────────────────────────────────────────────────────────────────────────


def idle(permissions: Iterable[Permission], granted: Iterable[str], sources: Iterable[str]) -> Iterator[str]:
    """The permissions that nobody holds, or that nothing asks for."""
    granted, texts = set(granted), list(sources)
    for permission in permissions:
        if permission not in granted:
            yield f"{permission.name} is granted to nobody"
        if not any(f"Permission.{permission.name}" in text for text in texts):
            yield f"{permission.name} is used nowhere"


def test_every_permission_is_granted_to_somebody_and_asked_for_somewhere():
    sources = [path.read_text() for path in code("poukama") if path not in _NAMED_ONLY]
    granted = OPERATOR.everywhere.union(AT_THE_DOOR.everywhere, *GRANTS.values())
    assert list(idle(Permission, granted, sources)) == []


def test_an_idle_permission_is_seen():
    source = "admit(by, Permission.TRAIL_READ, centre=1)"
    assert list(idle([Permission.CENTRE_LOAD, Permission.TRAIL_READ], [Permission.TRAIL_READ], [source])) == [
        "CENTRE_LOAD is granted to nobody",
        "CENTRE_LOAD is used nowhere",
    ]
