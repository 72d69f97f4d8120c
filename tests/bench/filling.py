"""So many cases as would have come over the years, put there by SQL: their words are not there, their keys are."""

from collections.abc import Sequence

import psycopg

from poukama.clients import kept
from poukama.clients.identity import Key, Place
from poukama.operations import postgres
from poukama.operations.environment import ROOT
from tests.bench.databases import named

# One of so many clients has this called name, and one of so many that surname: beginnings that many have.
CALLED, EVERY_CALLED = "meiju", 50
SURNAME, EVERY_SURNAME = "virtanen", 97
# One case in ten is open still. The first is the newest.
_CASES = """
create temporary table past as
select n, md5('case ' || n)::uuid as id, now() - interval '25 hours' - n * interval '36 minutes' as at,
  n %% 10 <> 0 as closed, (%(members)s::bigint[])[1 + n %% cardinality(%(members)s::bigint[])] as member
from generate_series(1, %(many)s::int) n
"""
_ROWS = (
    "insert into clients_client (id, centre_id, opened_at, code) select id, %(centre)s, at, '' from past",
    """
insert into clients_identityentry (key, centre_id, client_id, said_at, at, by, called, name, born, age_least, age_most,
  kind, identifier, code_from_client, gender, gender_words, language, address, municipality, gives_away, shielded)
select md5('identity ' || n)::uuid, %(centre)s, id, at, at, 'member:' || member, '', '', '', 18, null,
  'none', '', false, 'not_asked', '', 'fi', '', '', '', false from past""",
    """
insert into cases_case (id, centre_id, client_id, kind, asked_by, opened_at, closed_at)
select id, %(centre)s, id, 'own', '', at, case when closed then at + interval '90 days' end from past""",
    """
insert into cases_teammember (id, centre_id, case_id, member_id, role, since)
select md5('seat ' || n)::uuid, %(centre)s, id, member, 'midwife', at from past""",
    """
insert into cases_entry (id, centre_id, case_id, kind, section, at, written_at, member_id, reason, asked, words)
select md5(kind || n)::uuid, %(centre)s, id, kind, 'identity', at, at, member, '', false, ''
from past, unnest('{opened,told}'::text[]) kind""",
    """
insert into cases_fact (id, centre_id, case_id, entry_id, topic, answer, words, own_words)
select md5(topic || n)::uuid, %(centre)s, id, md5('told' || n)::uuid, topic,
  '\\x01'::bytea || sha256(n::text::bytea), '', false from past, unnest('{companion,injuries}'::text[]) topic""",
    """
insert into cases_task (id, centre_id, case_id, section, title, words, role, due, arising, added_at, added_by_id,
  done_at, done_by_id)
select md5('task' || n)::uuid, %(centre)s, id, 'identity', 'plan', '', 'midwife', at + interval '3 days', 'member', at,
  member, case when closed then at + interval '2 days' end, case when closed then member end from past""",
    """
insert into cases_visit (id, centre_id, case_id, arrived_at, room, departed_at, whereto, words)
select md5('visit' || n)::uuid, %(centre)s, id, at, '', at + interval '4 hours', 'home', '' from past""",
    # What nobody looks for, eight a client; and the beginnings that many have.
    """
insert into clients_searchkey (centre_id, client_id, place, blind)
select %(centre)s, id, place, sha256((place || beginning || n)::bytea)
from past, unnest('{code,name,number,word,word,word,word,word}'::text[]) with ordinality found (place, beginning)
order by n desc""",
    """
insert into clients_searchkey (centre_id, client_id, place, blind)
select %(centre)s, id, 'word', blind from past, unnest(%(called)s::bytea[]) blind where n %% %(every_called)s = 0
union all
select %(centre)s, id, 'word', blind from past, unnest(%(surname)s::bytea[]) blind where n %% %(every_surname)s = 0""",
)
_FILLED = "clients_client, clients_identityentry, clients_searchkey, cases_case, cases_teammember, cases_entry"


def fill(name: str, centre: int, members: Sequence[int], many: int) -> None:
    """Put so many cases of a centre into a database, all of them these members'."""
    known = {
        "centre": centre,
        "members": list(members),
        "many": many,
        "called": _beginnings(CALLED, centre),
        "surname": _beginnings(SURNAME, centre),
        "every_called": EVERY_CALLED,
        "every_surname": EVERY_SURNAME,
    }
    with psycopg.connect(named(postgres.home(ROOT, "test").url("postgres", "poukama"), name)) as admin:
        # No trigger asks each row whether it may be: these may.
        admin.execute("set session_replication_role = replica")
        for statement in (_CASES, *_ROWS):
            admin.execute(statement.encode(), known)


def settle(name: str) -> None:
    """Let the database know what it holds, as it would after so many years."""
    with psycopg.connect(named(postgres.home(ROOT, "test").url("postgres", "poukama"), name), autocommit=True) as admin:
        admin.execute("vacuum analyze")


def _beginnings(word: str, centre: int) -> list[bytes]:
    return [kept.blind(Key(Place.WORD, word[:end]), centre) for end in range(3, len(word) + 1)]
