"""Sweeps: every file keeps to what it is for, and stays small enough to read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.architecture.source import CODE, PACKAGE, code, imports, shown, tree

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 40
PURE = [
    *PACKAGE.glob("*/rules.py"),
    PACKAGE / "doors" / "known.py",
    *(PACKAGE / "cases" / f"{name}.py" for name in ("told", "walls", "need")),
    PACKAGE / "helpline" / "arriving.py",
    *(PACKAGE / "protocols" / f"{name}.py" for name in ("approvals", "retention", "sampling")),
    *(PACKAGE / "samples" / f"{name}.py" for name in ("codes", "custody", "proof")),
    *(PACKAGE / "clients" / f"{name}.py" for name in ("consents", "duties", "hetu", "identity", "masks", "reach")),
]
_OUTSIDE = re.compile(
    r"^(django|psycopg|os|io|pathlib|time|random|secrets|socket|subprocess|threading|logging|urllib|poukama\.core\.clock\.now)\b"
    r"|\.(models|access|actions|forms|views)\b"
)
_CLOCKS = {"now", "utcnow", "today", "localtime", "monotonic", "perf_counter"}


def impure(module: ast.Module) -> Iterator[str]:
    """What a rule reaches for outside itself: another layer, the system, the clock."""
    yield from (f"imports {name}" for name in sorted(imports(module)) if _OUTSIDE.search(name))
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in _CLOCKS | {"open", "print", "input"}:
                yield f"calls {name}()"


@pytest.mark.parametrize("path", PURE, ids=shown)
def test_a_rule_is_pure(path):
    assert list(impure(tree(path))) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("from django.db import models", "imports django.db"),
        ("from poukama.centres.models import Centre", "imports poukama.centres.models"),
        ("from poukama.centres import access", "imports poukama.centres.access"),
        ("from poukama.core.clock import now", "imports poukama.core.clock.now"),
        ("import time", "imports time"),
        ("at = dt.datetime.now(dt.UTC)", "calls now()"),
        ("from poukama.core import clock\nat = clock.now()", "calls now()"),
        ("day = date.today()", "calls today()"),
        ("text = open('x').read()", "calls open()"),
    ],
)
def test_an_impure_rule_is_seen(source, fault):
    assert fault in impure(ast.parse(source))


def models_in(module: ast.Module) -> list[str]:
    """The models that a module imports."""
    return sorted(name for name in imports(module) if re.search(r"^poukama\.\w+\.models\b", name))


@pytest.mark.parametrize("kind", ["views.py", "forms.py", "urls.py"])
def test_a_page_never_holds_a_row_that_access_did_not_give_it(kind):
    assert {shown(path): models_in(tree(path)) for path in PACKAGE.glob(f"*/{kind}") if models_in(tree(path))} == {}


@pytest.mark.parametrize("source", ["from poukama.centres.models import Centre", "from poukama.centres import models"])
def test_a_page_that_imports_a_model_is_seen(source):
    assert models_in(ast.parse(source))


def too_long(path: Path, text: str) -> Iterator[str]:
    """The file, if it is too long to read, and each function of it that is."""
    if len(text.splitlines()) > MOST_LINES:
        yield f"{path}: {len(text.splitlines())} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            lines = node.end_lineno - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                yield f"{path}: {node.name} has {lines} lines"


def test_every_file_and_every_function_can_be_read_at_a_sitting():
    assert [fault for path in code(*CODE) for fault in too_long(Path(shown(path)), path.read_text())] == []


def test_a_long_file_and_a_long_function_are_seen():
    function = "def f():\n" + "    a = 1\n" * 39
    assert list(too_long(Path("a.py"), function)) == []
    assert list(too_long(Path("a.py"), function + "    a = 1\n")) == ["a.py: f has 41 lines"]
    assert list(too_long(Path("a.py"), "a = 1\n" * 400)) == []
    assert list(too_long(Path("a.py"), "a = 1\n" * 401)) == ["a.py: 401 lines"]


def undocumented(path: Path, text: str) -> Iterator[str]:
    """A module of the package that does not say what lives in it."""
    if text.strip() and not ast.get_docstring(ast.parse(text)):
        yield str(path)


def test_every_module_says_what_lives_in_it():
    assert [fault for path in code(*CODE) for fault in undocumented(Path(shown(path)), path.read_text())] == []


def test_a_module_that_says_nothing_is_seen():
    assert list(undocumented(Path("a.py"), "a = 1")) == ["a.py"]


def untitled(path: Path, text: str) -> Iterator[str]:
    """A page's template that neither has a title nor leaves that to the one it extends and fills in."""
    whole = "<html" in text or "{% extends" in text
    if whole and not re.search(r"{% block title %}|<title>", text):
        yield str(path)


def test_every_page_has_a_title():
    templates = sorted(PACKAGE.glob("*/templates/**/*.html"))
    assert [fault for path in templates for fault in untitled(Path(shown(path)), path.read_text())] == []


def test_a_page_without_a_title_is_seen():
    assert list(untitled(Path("a.html"), '{% extends "base.html" %}')) == ["a.html"]
    assert list(untitled(Path("a.html"), "<html><title>Contact</title>")) == []
    assert list(untitled(Path("a.html"), "<p>A part of a page</p>")) == []


@pytest.mark.django_db
def test_the_migrations_make_the_tables_that_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
