"""The cases' figures: what their pages cost beside the plain stack's, and how long they take when there are many.

The few and the many are asked in turn, so that whatever else goes on is the same for both.
"""

import http.client
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from statistics import median, quantiles
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from poukama.cases import actions
from poukama.cases.models import Case
from poukama.cases.rules import Doing, Title, Turn, Wording
from poukama.cases.told import Said, Telling, Topic
from poukama.cases.walls import Section
from poukama.clients import actions as clients
from poukama.clients.identity import Identity
from poukama.core import clock
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.bench import databases, guide
from tests.bench.databases import FEW_DATABASE
from tests.bench.filling import CALLED, SURNAME, fill, settle
from tests.bench.servers import Server, serving
from tests.cases.working import into, make_case, make_colleague, now
from tests.people import sign_in

FEW, MANY = 10_000, 100_000
NEWEST = 30
ROUNDS, TIMES, LOOKS = 3, 30, 160
# What is asked, as the table names it.
NAMES = {
    "list": "the list",
    "case": "a case",
    "name": "search by name",
    "prefix": "search by three letters",
    "write": "write an entry",
    "open": "receive somebody",
}
SEARCHES = ("name", "prefix")
TOKEN = "t" * 32
# What opens and ends a transaction, and the centre it is about.
_AROUND = ("BEGIN", "COMMIT", "SAVEPOINT", "set_config")
WORDS = "Sovittu, että soitetaan perjantaina iltapäivällä ja sovitaan seuraava aika. "


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its address, its form if it sends one, and the answer that is right."""

    path: str
    form: dict[str, str] | None = None
    status: int = 200
    holds: str = ""


Asking = Callable[[], Asked]


@dataclass(frozen=True, slots=True)
class Site:
    """A server with somebody signed in, and how each thing is asked of it."""

    server: Server
    session: str
    askings: dict[str, Asking]


@dataclass(slots=True)
class Figure:
    """Processor seconds a request with the database's, ours and the plain stack's; the slowest of twenty at each."""

    ours: float = 0.0
    web: float = 0.0
    plain: float = 0.0
    plain_web: float = 0.0
    few: float = 0.0
    many: float = 0.0


@dataclass(slots=True)
class Figures:
    """Each thing that is asked, with its figures; what pages weigh, and how many queries they take."""

    asked: dict[str, Figure] = field(default_factory=dict)
    kilobytes: dict[str, float] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)
    filled: float = 0.0


def figures() -> Figures:
    """Everything measured. The desk's figures come first: they fill the database with contacts, and copy it before."""
    found, began = Figures(), time.perf_counter()
    made = [_made(name, many) for name, many in ((FEW_DATABASE, FEW), (databases.main_name(), MANY))]
    found.filled = time.perf_counter() - began
    plain_session = databases.prepare_plain()
    with ExitStack() as stack:
        sites = []
        for name, (session, asked) in zip((FEW_DATABASE, databases.main_name()), made, strict=True):
            address = databases.app(name)
            server = stack.enter_context(serving("poukama.config.wsgi:application", POUKAMA_DATABASE_URL=address))
            sites.append(Site(server, session, asked))
        few, many = sites
        plain_server = stack.enter_context(serving("tests.bench.stack.site:application"))
        plain = Site(plain_server, plain_session, _plain_askings())
        for what in many.askings:
            found.asked[what] = _figure(what, few, many, plain)
        for page in ("list", "case"):
            path = many.askings[page]().path
            headers = {"Cookie": f"sessionid={many.session}"}
            found.kilobytes[page] = guide.weight(many.server, path, headers).kilobytes
    for page in ("list", "case"):
        found.queries[page] = _queries(made[1][1][page]().path)
    return found


# ── What is asked ────────────────────────────────────────────────────────────────────────────────────────────


def _made(name: str, many: int) -> tuple[str, dict[str, Asking]]:
    """Fill a database with cases, the newest as people make them; a session in it, and what is asked of it."""
    with databases.using(name):
        maija = Member.objects.get(login="maija")
        centre = maija.posts.get().centre
        others = [make_colleague(role, centre) for role in (Role.DOCTOR, Role.SOCIAL_WORKER, Role.PSYCHOLOGIST)]
        fill(name, centre.pk, [each.pk for each in (maija, *others)], many)
        newest = [_case(maija, others, number) for number in range(NEWEST)]
        settle(name)
        session = sign_in(Client(), maija).cookies["sessionid"].value
    cases = cycle(newest)
    return session, askings(lambda: next(cases))


def askings(newest: Callable[[], Case]) -> dict[str, Asking]:
    """What is asked of ours, of one after another of the newest cases."""
    return {
        "list": lambda: Asked("/s/tapaukset", holds="</table>"),
        "case": lambda: Asked(f"/s/t/{newest().pk}", holds=WORDS.strip()),
        "name": lambda: Asked("/s/tapaukset/haku", {"text": f"{CALLED} {SURNAME}"}, holds=CALLED.capitalize()),
        "prefix": lambda: Asked("/s/tapaukset/haku", {"text": CALLED[:3]}, holds=CALLED.capitalize()),
        "write": lambda: Asked(
            f"/s/t/{newest().pk}/merkinta", {"key": str(uuid4()), "section": "health", "words": WORDS}, 302
        ),
        "open": lambda: Asked(
            "/s/tapaukset/uusi", {"do": "open", "key": str(uuid4()), "called": "Aino", "came": ""}, 303
        ),
    }


def _case(maija: Member, others: list[Member], number: int) -> Case:
    """A case as it stands some days later: seven entries, five facts, two tasks, a team of four."""
    at = clock.now()
    centre = maija.posts.get().centre
    case = make_case(maija, centre, when=at, called=CALLED.capitalize())
    whole = Identity(called=CALLED.capitalize(), name=f"{CALLED.capitalize()} {SURNAME.capitalize()}", language="fi")
    given = now(maija, at)
    if number % 2:
        clients.tell_identity(case.client, identity=whole, **given)
    for each, role in zip(others, (Role.DOCTOR, Role.SOCIAL_WORKER, Role.PSYCHOLOGIST), strict=True):
        actions.join_team(into(case, maija, when=at), member=each, role=role, key=uuid4(), **given)
    tellings = (
        Telling(Topic.INJURIES, Said.NO),
        Telling(Topic.NECK, Said.NO),
        Telling(Topic.COMPANION, codes=frozenset({"sibling"})),
        Telling(Topic.POLICE_REPORT, codes=frozenset({"undecided"})),
        Telling(Topic.WANTS, codes=frozenset({"care"}), words="en halua jäädä yksin", own_words=True),
    )
    actions.tell(into(case, maija, when=at), tellings=tellings, key=uuid4(), **given)
    for turn in (Turn(Role.MIDWIFE), Turn(member=maija.pk)):
        actions.add_task(into(case, maija, when=at), doing=Doing(Title.PLAN, turn), key=uuid4(), **given)
    for _ in range(3):
        actions.write(into(case, maija, when=at), wording=Wording(Section.HEALTH, WORDS), key=uuid4(), **given)
    return case


def _plain_askings() -> dict[str, Asking]:
    numbers = cycle(range(1, NEWEST + 1))
    return {
        "list": lambda: Asked("/list", holds="</table>"),
        "case": lambda: Asked(f"/case/{next(numbers)}", holds=WORDS.strip()),
        "name": lambda: Asked("/search", {"text": f"{CALLED} {SURNAME}"}, holds=CALLED.capitalize()),
        "prefix": lambda: Asked("/search", {"text": CALLED[:3]}, holds=CALLED.capitalize()),
        "write": lambda: Asked(f"/case/{next(numbers)}/write", {"section": "health", "words": WORDS}, 302),
        "open": lambda: Asked("/open", {"key": str(uuid4()), "called": "Aino"}, 303),
    }


# ── Measuring ────────────────────────────────────────────────────────────────────────────────────────────────


def _figure(what: str, few: Site, many: Site, plain: Site) -> Figure:
    found = Figure()
    for site in (few, many, plain):
        _took(site, what, 10)
    costs = [(_cost(many, what), _cost(plain, what)) for _ in range(ROUNDS)]
    found.web, found.ours = (median(column) for column in zip(*(ours for ours, _ in costs), strict=True))
    found.plain_web, found.plain = (median(column) for column in zip(*(plain for _, plain in costs), strict=True))
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(LOOKS // 5):
        for site, seconds in zip((few, many), took, strict=True):
            seconds.extend(_took(site, what, 5))
    found.few, found.many = (quantiles(seconds, n=20)[-1] for seconds in took)
    return found


def _cost(site: Site, what: str) -> tuple[float, float]:
    """Processor seconds a request: the web server's, and with the database's."""
    web, base = site.server.processor_seconds(), databases.database_seconds()
    _took(site, what, TIMES)
    web = (site.server.processor_seconds() - web) / TIMES
    return web, web + (databases.database_seconds() - base) / TIMES


def _took(site: Site, what: str, times: int) -> list[float]:
    """Ask so many times, one after the other; the seconds of each."""
    connected = http.client.HTTPConnection("127.0.0.1", site.server.port)
    headers = {"Cookie": f"sessionid={site.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
    found = []
    for _ in range(times):
        asked = site.askings[what]()
        began = time.perf_counter()
        if asked.form is None:
            connected.request("GET", asked.path, headers=headers)
        else:
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            connected.request("POST", asked.path, urlencode(asked.form).encode(), headers | kind)
        response = connected.getresponse()
        body = response.read().decode()
        found.append(time.perf_counter() - began)
        if response.status != asked.status or asked.holds not in body:
            raise AssertionError(f"{asked.path} answered {response.status}")
    connected.close()
    return found


def _queries(path: str) -> int:
    """How many queries a page takes, but for those that open and end a transaction."""
    browser = sign_in(Client(SERVER_NAME="localhost"), Member.objects.get(login="maija"))
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len([each for each in queries if not any(word in each["sql"] for word in _AROUND)])
