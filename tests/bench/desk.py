"""The desk's figures: what a save costs beside the plain stack's, and the list of the night when there are many."""

import http.client
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from uuid import UUID, uuid4

import psycopg
from django.db import connection

from poukama.core import clock
from poukama.helpline import access, actions
from poukama.helpline.answers import Changes
from poukama.helpline.rules import Ref
from poukama.operations.prepare import _use as use
from poukama.operations.prepare import migrate
from tests.bench.databases import FEW_DATABASE, copy, database_seconds, prepare_plain
from tests.bench.servers import Server, serving
from tests.people import make_centre, make_member, sign_in

ROUNDS, TIMES = 5, 300
FEW, MANY = 10_000, 1_000_000
TONIGHT = 40
LOOKS = 150
NOTE = "Sisko ajaa, noin 40 min. Tulevat päivystyksen ovesta. Soitan, jos ovi on lukossa. " * 3
TOKEN = "t" * 32
# So many contacts before the last day, forty a day, as they would have come over the years.
_PAST = """
insert into helpline_contact (id, centre_id, channel, began_at, ended_at, entered_at, late, number, saves, ended_by_id,
  caller, language, interpreter, safe_now, hurt, neck, suicidal, "when", unsure, age, place, infection, wants,
  safe_contact, voicemail, note, called_name, phone, hours, name_to_say, arrives, suggested_door, suggested_reason,
  suggested_trace, taken, taken_door, outcome, retention)
select gen_random_uuid(), %(centre)s, 'phone', began, began + interval '12 minutes', began, false, 9, 9, %(member)s,
  'self', 'fi', false, 'yes', 'no', 'no', 'not_asked', 'hours_6', false, '18-', '', 'not_asked', '{care}',
  'no', false, '', '', '', '', '', '', '', '', '{}', '', '', 'none', 'contact'
from (select now() - interval '25 hours' - n * interval '36 minutes' as began
  from generate_series(%(first)s::int, %(last)s::int) n) past
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds of processor time a save, of the web server and with the database's; seconds a look at the list."""

    save: float
    plain_save: float
    whole: float
    plain_whole: float
    few: float
    many: float


def figures() -> Figures:
    """Everything measured, in one installation and one plain stack beside it."""
    owner, app = os.environ["POUKAMA_OWNER_URL"], os.environ["POUKAMA_DATABASE_URL"]
    migrate(owner)
    use(app)
    centre = make_centre("satama")
    maija = make_member(centre=centre)
    from tests.helpline.night import actor  # noqa: PLC0415 - only after the tables are there

    by, at = actor(maija, clock.now()), clock.now()
    for _ in range(TONIGHT):
        ref = Ref(centre.pk, uuid4())
        actions.begin(centre, record=ref.id, by=by, at=at)
        words = Changes({}, {"called_name": "Aino", "note": NOTE})
        actions.save(ref, changes=words, writer=uuid4(), number=1, by=by, at=at)
        actions.end(ref, key=uuid4(), by=by, at=at)

    def look() -> None:
        assert len(access.night(centre, by=by, at=clock.now()).ended) == TONIGHT

    _fill(centre.pk, maija.pk, 1, FEW)
    few = _seconds(look)
    copy(FEW_DATABASE)
    _fill(centre.pk, maija.pk, FEW + 1, MANY)
    many = _seconds(look)
    record = uuid4()
    actions.begin(centre, record=record, by=by, at=clock.now())
    from django.test import Client  # noqa: PLC0415

    session = sign_in(Client(), maija).cookies["sessionid"].value
    connection.close()
    return Figures(*_saves(f"/s/puhelin/{record}/tallenna", session), few, many)


def _fill(centre: int, member: int, first: int, last: int) -> None:
    with psycopg.connect(os.environ["POUKAMA_OWNER_URL"], autocommit=True) as owner:
        owner.execute("select set_config('app.centres', %s, false)", [str(centre)])
        owner.execute(_PAST, {"centre": centre, "member": member, "first": first, "last": last})
        owner.execute("vacuum analyze helpline_contact")


def _seconds(look: Callable[[], None]) -> float:
    """The quickest quarter of many looks ends here: what it takes when nothing else is going on."""
    took = []
    for _ in range(LOOKS):
        began = time.perf_counter()
        look()
        took.append(time.perf_counter() - began)
    return sorted(took)[LOOKS // 4]


def _saves(path: str, session: str) -> tuple[float, float, float, float]:
    plain_session = prepare_plain()
    with serving("poukama.config.wsgi:application") as ours, serving("tests.bench.stack.site:application") as plain:
        targets = ((ours, path, session), (plain, "/save", plain_session))
        numbers = [0, 0]
        rounds = []
        for _ in range(ROUNDS + 1):
            costs = []
            for turn, (server, where, cookie) in enumerate(targets):
                costs.append(_cost(server, where, cookie, numbers[turn]))
                numbers[turn] += TIMES
            rounds.append(costs)
    # The first round warms them up.
    ours_, plains = zip(*rounds[1:], strict=True)
    return (
        median(web for web, _ in ours_),
        median(web for web, _ in plains),
        median(web + base for web, base in ours_),
        median(web + base for web, base in plains),
    )


def _cost(server: Server, path: str, session: str, number: int) -> tuple[float, float]:
    """Processor seconds a save: the web server's, and the database's."""
    web, base = server.processor_seconds(), database_seconds()
    connected = http.client.HTTPConnection("127.0.0.1", server.port)
    headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
    headers["Content-Type"] = "application/json"
    for each in range(number + 1, number + TIMES + 1):
        sent = {"writer": str(UUID(int=1)), "number": each, "fields": {"note": f"{NOTE}{each}"}}
        connected.request("POST", path, json.dumps(sent).encode(), headers)
        response = connected.getresponse()
        body = response.read()
        if response.status != 200 or json.loads(body)["number"] != each:
            raise AssertionError(f"{path} answered {response.status}")
    connected.close()
    return (server.processor_seconds() - web) / TIMES, (database_seconds() - base) / TIMES
