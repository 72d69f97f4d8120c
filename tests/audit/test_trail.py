"""The trail in the database: it chains itself, and nobody changes it."""

import datetime as dt
import threading

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection

from poukama.audit import trail
from poukama.audit.models import AuditEvent
from poukama.audit.rules import verify
from poukama.gate.scope import within

AT = dt.datetime(2026, 10, 25, 0, 30, 0, 654321, tzinfo=dt.UTC)
BAY, COVE = 1, 2


def write(centre=BAY, times=1, **changes):
    line = {"actor": "member:3", "target": "cases.case:9", "at": AT, **changes}
    with within(centre):
        for _ in range(times):
            trail.record(line.pop("event", "case.viewed"), centre=centre, **line)


def read(centre=BAY):
    with within(centre):
        return trail.lines(centre)


def refused(statement):
    with pytest.raises(DatabaseError) as why, within(BAY), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(why.value)


@pytest.mark.django_db
def test_a_centres_lines_are_numbered_and_chained_and_stand_apart_from_anothers():
    for centre in (BAY, COVE, BAY, BAY, COVE):
        write(centre)
    assert [line.number for line in read(BAY)] == [1, 2, 3]
    assert [line.number for line in read(COVE)] == [1, 2]
    assert verify(read(BAY)) is None
    assert verify(read(COVE)) is None


@pytest.mark.django_db
def test_the_database_and_the_verifier_agree_on_lines_with_and_without_a_count():
    for count in (None, 0, 7, None):
        write(count=count)
    assert [line.count for line in read()] == [None, 0, 7, None]
    assert verify(read()) is None


@pytest.mark.django_db
def test_a_count_counts():
    with pytest.raises(IntegrityError, match="audit_count_counts"):
        write(count=-1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "at",
    [
        AT,
        AT.astimezone(dt.timezone(dt.timedelta(hours=5, minutes=45))),
        dt.datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC),
        dt.datetime(2028, 2, 29, 3, 0, tzinfo=dt.UTC),
    ],
)
def test_the_database_and_the_verifier_agree_on_any_moment(at):
    write(at=at)
    assert verify(read()) is None
    assert read()[0].at == at


@pytest.mark.django_db
def test_lines_written_by_one_statement_are_chained_too():
    with within(BAY):
        AuditEvent.objects.bulk_create(
            AuditEvent(centre_id=BAY, at=AT, event="case.viewed", actor="operator", target=f"cases.case:{n}")
            for n in range(5)
        )
    assert [line.number for line in read()] == [1, 2, 3, 4, 5]
    assert verify(read()) is None


@pytest.mark.django_db
def test_a_number_and_a_seal_brought_along_count_for_nothing():
    with within(BAY):
        AuditEvent.objects.create(
            centre_id=BAY, number=99, before=b"b", seal=b"s", at=AT, event="case.viewed", actor="a", target="a.b:1"
        )
    assert read()[0].number == 1
    assert verify(read()) is None


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain():
    def many() -> None:
        for _ in range(15):
            write()
        connection.close()

    threads = [threading.Thread(target=many) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [line.number for line in read()] == list(range(1, 121))
    assert verify(read()) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("update audit_auditevent set actor = 'nobody'", "append-only: update refused"),
        ("update audit_auditevent set actor = 'nobody' where false", "append-only: update refused"),
        ("delete from audit_auditevent", "append-only: delete refused"),
        ("truncate audit_auditevent", "permission denied"),
        ("alter table audit_auditevent disable trigger audit_auditevent_append_only", "must be owner"),
        ("alter table audit_auditevent disable trigger all", "must be owner"),
        ("alter table audit_auditevent disable row level security", "must be owner"),
        ("drop trigger audit_seal on audit_auditevent", "must be owner"),
        ("create or replace function poukama_refuse() returns trigger language plpgsql as ''", "permission denied"),
        ("drop policy audit_auditevent_separated on audit_auditevent", "must be owner"),
        ("set session_replication_role = replica", "permission denied"),
    ],
)
def test_the_role_that_serves_requests_can_only_add(statement, why):
    write()
    assert why in refused(statement)


@pytest.mark.parametrize("statement", ["truncate audit_auditevent", "update audit_auditevent set actor = 'nobody'"])
def test_the_owner_is_refused_too_as_long_as_the_trigger_stands(owner, statement):
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
        owner(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("tampering", "found_at"),
    [
        ("update audit_auditevent set target = 'cases.case:1' where number = 3", 3),
        ("delete from audit_auditevent where number = 3", 4),
        ("update audit_auditevent set number = 7 - number where number in (3, 4)", 3),
        (
            "update audit_auditevent set number = number + 1 where number > 2;"
            "insert into audit_auditevent (centre_id, number, at, event, actor, target, before, seal)"
            " select centre_id, 3, at, event, 'operator', target, before, seal from audit_auditevent where number = 4",
            3,
        ),
    ],
    ids=["changed", "removed", "swapped", "inserted"],
)
def test_what_an_owner_does_behind_our_back_is_found(owner, tampering, found_at):
    write(times=5)
    owner(
        "set app.centres = '1'; alter table audit_auditevent disable trigger user;"
        "alter table audit_auditevent drop constraint audit_one_line_per_number;"
        f"{tampering};"
        "alter table audit_auditevent enable trigger user"
    )
    broken = verify(read())
    owner(
        "set app.centres = '1'; alter table audit_auditevent disable trigger user; delete from audit_auditevent;"
        "alter table audit_auditevent enable trigger user;"
        "alter table audit_auditevent add constraint audit_one_line_per_number unique (centre_id, number)"
    )
    assert broken is not None
    assert broken.number == found_at


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        {"event": "case viewed by Anna"},
        {"event": "case.viewed\n"},
        {"actor": "Anna Virtanen"},
        {"actor": "anna@example.org"},
        {"target": "+358 40 000 0000"},
        {"target": "cases.case:9|operator"},
        {"target": "cases.case:Anna"},
    ],
    ids=str,
)
def test_a_line_has_no_room_for_content(content):
    with pytest.raises(IntegrityError):
        write(**content)


@pytest.mark.django_db
def test_one_number_stands_once_in_a_chain():
    constraints = connection.introspection.get_constraints(connection.cursor(), "audit_auditevent")
    assert constraints["audit_one_line_per_number"]["unique"]
    assert str(AuditEvent(centre_id=1, number=4, event="case.viewed")) == "1/4 case.viewed"
