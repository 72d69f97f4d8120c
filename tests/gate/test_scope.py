"""Another centre's rows do not exist: not by mistake, not through a pool, not among threads."""

import datetime as dt
import threading

import pytest
from django.db import DatabaseError, connection, transaction

from poukama.audit import trail
from poukama.audit.models import AuditEvent
from poukama.config.settings import POOL
from poukama.gate.scope import within

AT = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
BAY, COVE = 1, 2


def write(centre):
    trail.record("case.viewed", centre=centre, actor="member:3", target="cases.case:9", at=AT)


def seen():
    return set(AuditEvent.objects.values_list("centre_id", flat=True))


def setting():
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('app.centres', true), '')")
        return cursor.fetchone()[0]


def raw(sql, *, centres=None):
    """What the role that serves requests gets from the database itself, past every gate of ours."""
    with transaction.atomic(), connection.cursor() as cursor:
        if centres is not None:
            cursor.execute("select set_config('app.centres', %s, true)", [centres])
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def two_centres(db):
    for centre in (BAY, COVE):
        with within(centre):
            write(centre)


@pytest.fixture
def pooled(transactional_db):
    """The pool of the settings, over the test database."""

    def use(**changes):
        connection.close()
        connection.settings_dict["OPTIONS"]["pool"] = {**POOL, **changes}

    yield use
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    del connection.settings_dict["OPTIONS"]["pool"]


COUNT = "select count(*) from audit_auditevent"


@pytest.mark.parametrize(
    ("centres", "rows"), [(None, 0), ("", 0), ("3", 0), ("1", 1), ("2", 1), ("1,2", 2), ("2,3", 1)]
)
def test_the_database_shows_the_rows_of_the_centres_that_are_set_and_none_without(two_centres, centres, rows):
    assert raw(COUNT, centres=centres) == [(rows,)]


@pytest.mark.parametrize("centres", [None, str(COVE)])
def test_a_row_for_a_centre_that_is_not_set_is_refused(two_centres, centres):
    insert = (
        "insert into audit_auditevent (centre_id, at, event, actor, target)"
        " values (1, now(), 'case.viewed', 'operator', 'cases.case:9')"
    )
    with pytest.raises(DatabaseError, match="row-level security"):
        raw(insert, centres=centres)


def test_a_setting_that_is_no_list_of_centres_shows_nothing_and_says_so(two_centres):
    with pytest.raises(DatabaseError, match="invalid input syntax"):
        raw(COUNT, centres="1 or true")


@pytest.mark.django_db(transaction=True)
def test_the_owner_of_the_table_sees_no_more(owner):
    with within(BAY):
        write(BAY)
    assert owner(COUNT) == [(0,)]


def test_a_scope_within_a_scope_shows_its_own_centre_and_then_the_first_again(two_centres):
    with within(BAY):
        with within(COVE):
            assert seen() == {COVE}
        assert seen() == {BAY}
    assert seen() == set()


def test_a_scope_that_fails_leaves_the_first_standing(two_centres):
    with within(BAY):
        with pytest.raises(DatabaseError), within(COVE):
            write(BAY)
        assert seen() == {BAY}


@pytest.mark.django_db(transaction=True)
def test_a_scope_ends_with_its_transaction():
    with within(BAY):
        assert setting() == "1"
    assert setting() == ""


def leak():
    """Set the centres the wrong way, for the session, and give the connection back; then see who gets it."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.centres', '1', false)")
    connection.close()
    return setting()


def test_a_connection_given_back_to_the_pool_forgets_its_centres(pooled):
    pooled(max_size=1)
    assert leak() == ""


def test_without_that_a_setting_for_the_session_would_reach_the_next_request(pooled):
    pooled(max_size=1, reset=None)
    assert leak() == "1"


def test_eight_threads_at_eight_centres_each_see_their_own_rows_and_nothing_afterwards(pooled):
    pooled(max_size=4)
    wrong: list[object] = []

    def work(centre) -> None:
        for _ in range(25):
            with within(centre):
                write(centre)
                wrong.extend(seen() - {centre})
            wrong.extend(seen())
            connection.close()

    threads = [threading.Thread(target=work, args=(centre,)) for centre in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    for centre in range(1, 9):
        with within(centre):
            assert len(trail.lines(centre)) == 25
