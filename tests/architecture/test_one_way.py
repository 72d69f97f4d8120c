"""Sweep: one function says the way to a client and one what a disclosure rests on; no room goes round them.

Other rooms may point at a client, and ask `access` and `actions`; ways, answers and grounds are opened in `clients`.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import PACKAGE, code, shown, tree

# What opens a way or an answer without writing down that it was asked, or decides by what is held up to it.
_INSIDE = re.compile(
    r"^poukama\.clients\.("
    r"rows\b|kept\.(ways_of|entries_of|grounds_of|ground_now|left_from)"
    r"|models\.(SafeContact|Consent|GroundEntry|Disclosure)|reach\.may_reach|consents\.ground_for)"
)
_ROOM = PACKAGE / "clients"


def goes_round(module: ast.Module) -> Iterator[str]:
    """What a module takes from inside the room, by import or through a module that it imported, under any name."""
    short: dict[str, str] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Import | ast.ImportFrom):
            origin = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            short |= {alias.asname or alias.name: f"{origin}{alias.name}" for alias in node.names}
    yield from sorted(name for name in short.values() if _INSIDE.search(name))
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            reached = f"{short.get(node.value.id, '')}.{node.attr}"
            if _INSIDE.search(reached):
                yield reached


def test_ways_and_answers_are_opened_in_one_room_alone():
    others = [path for path in code("poukama") if _ROOM not in path.parents]
    assert {shown(path): found for path in others if (found := list(goes_round(tree(path))))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from poukama.clients import kept\nkept.ways_of(client)",
        "from poukama.clients import kept as inside\ninside.entries_of(client)",
        "from poukama.clients.kept import grounds_of",
        "from poukama.clients.rows import way_of",
        "import poukama.clients.rows",
        "from poukama.clients.models import SafeContact",
        "from poukama.clients import models\nmodels.SafeContact.objects.all()",
        "from poukama.clients import reach\nreach.may_reach((), (), channel, at)",
        "from poukama.clients.consents import ground_for",
    ],
)
def test_a_room_that_goes_round_is_seen(source):
    assert list(goes_round(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        "from poukama.clients.models import Client",
        "from poukama.clients import access, actions\naccess.way_to(client, channel, by=by, at=at)",
        "from poukama.clients.reach import Channel",
        "from poukama.clients import kept\nkept.shut_to(by)",
        "from poukama.roster import models\nmodels.Shift",
    ],
)
def test_a_room_that_asks_is_let_be(source):
    assert list(goes_round(ast.parse(source))) == []


# What could carry something out of the house. Starting the house asks whether it answers; nothing else calls out.
_CARRIES = re.compile(
    r"^(smtplib|imaplib|poplib|ftplib|telnetlib|socket|ssl|http\.client|urllib\.request|xmlrpc|asyncio|subprocess"
    r"|webbrowser|requests|httpx|aiohttp|urllib3|apprise|twilio|django\.core\.mail)\b"
)
_STARTS_PROGRAMS = PACKAGE / "operations"
# A command may ask a key service for the root key.
_ASKS_FOR_THE_KEY = PACKAGE / "core" / "keys.py"


def carries(module: ast.Module) -> Iterator[str]:
    """What a module imports by which something could be sent."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import | ast.ImportFrom):
            origin = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            yield from (name for alias in node.names if _CARRIES.search(name := f"{origin}{alias.name}"))


def test_no_room_has_anything_by_which_it_could_send():
    rooms = [path for path in code("poukama") if _STARTS_PROGRAMS not in path.parents]
    others = [path for path in rooms if path != _ASKS_FOR_THE_KEY]
    assert {shown(path): found for path in others if (found := list(carries(tree(path))))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import smtplib",
        "from django.core.mail import send_mail",
        "from urllib.request import urlopen",
        "import apprise",
    ],
)
def test_a_room_that_could_send_is_seen(source):
    assert list(carries(ast.parse(source)))


def test_a_room_that_only_writes_an_address_is_let_be():
    assert list(carries(ast.parse("from urllib.parse import urlencode"))) == []
