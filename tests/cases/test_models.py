"""What the database itself refuses, whoever asks and past every action."""

import datetime as dt
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from poukama.cases import access, actions
from poukama.cases.models import Addendum, BrokenGlass, Case, Entry, Fact, Note, OfCase, Task, Visit
from poukama.cases.rules import Allowed, CloseReason, Doing, Ground, Leaving, Present, There, Title, Turn, Wording
from poukama.cases.told import Telling, Topic
from poukama.cases.walls import Section
from poukama.clients.models import Consent, Disclosure, GroundEntry, JoiningEntry, SafeContact
from poukama.clients.models import Entry as ClientEntry
from poukama.gate.scope import within
from poukama.staff.rules import Role
from tests.cases.working import AT, HOUR, WORDS, break_glass, by, into, make_case, make_colleague, now, ref, tell
from tests.clients.test_models import kept
from tests.people import make_centre

KINDS = [model for model in apps.get_app_config("cases").get_models() if issubclass(model, OfCase)]
# To read a closed case, a glass is broken too, and reviewed.
EXEMPT = {BrokenGlass}


@pytest.fixture
def full(case, maija):
    """The case with a row of every kind."""
    given = now(maija)
    inside = into(case, maija)
    tell(case, maija, Telling(Topic.NECK, words=WORDS))
    visit = actions.arrive(inside, key=uuid4(), **given)
    actions.be_there(inside, visit=visit, there=There(Present.COMPANION, words="sister"), key=uuid4(), **given)
    actions.add_task(inside, doing=Doing(Title.PLAN, Turn(Role.MIDWIFE)), key=uuid4(), **given)
    note = actions.begin_note(inside, wording=Wording(Section.HEALTH, WORDS), key=uuid4(), **given)
    actions.sign_note(inside, note=note, **given)
    actions.add_addendum(inside, note=note, words="more", key=uuid4(), **given)
    actions.let_registers_read(inside, crossing=Allowed(True, Ground.CONSENT), key=uuid4(), **given)
    break_glass(case, maija)
    return case


def closed(case, member):
    inside = into(case, member)
    with within(case.centre_id):
        visit = Visit.objects.filter(case=case).first()
    if visit:
        actions.depart(inside, visit=visit, leaving=Leaving(), by=by(member), at=AT)
    return actions.close(into(case, member), reason=CloseReason.ALL_DONE, by=by(member), at=AT)


def refused(centre, write, match):
    with pytest.raises(DatabaseError, match=match), within(centre.pk):
        write()


def raw(statement, *parameters, **names):
    """What the database answers to a statement, past every gate; `names` are tables, or lists of columns."""
    parts = {
        name: sql.SQL(", ").join(map(sql.Identifier, [each] if isinstance(each, str) else each))
        for name, each in names.items()
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(**parts), parameters)
        return cursor.fetchall() if cursor.description else []


def test_every_kind_of_row_is_made_by_an_action(full):
    with within(full.centre_id):
        assert {kind.__name__: kind._default_manager.filter(case=full).exists() for kind in KINDS} == {
            kind.__name__: True for kind in KINDS
        }


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in EXEMPT], ids=lambda kind: kind.__name__)
def test_a_closed_case_takes_no_row_of_any_kind_and_no_change(full, maija, kind):
    closed(full, maija)
    table = kind._meta.db_table
    with within(full.centre_id):
        row = kind._default_manager.filter(case=full).first()
        columns = [field.column for field in kind._meta.fields if field.column != "id"]

    def again():
        copy = "insert into {table} (id, {names}) select gen_random_uuid(), {names} from {table} where id = %s"
        raw(copy, row.pk, table=table, names=columns)

    refused(full.centre, again, "the case is closed")
    refused(
        full.centre,
        lambda: raw("update {table} set id = id where id = %s", row.pk, table=table),
        "closed|append-only|change",
    )


# What a client decides, they can change at any time.
# Samples outlive their case: what happens to them goes on.
GOES_ON = {"samples_custodyentry", "samples_deviation", "samples_offer", "samples_seal"}
DECIDED = {Consent, Disclosure, GroundEntry, SafeContact}
TOLD = [kind for kind in ClientEntry.__subclasses__() if kind not in DECIDED]


@pytest.mark.parametrize("kind", TOLD, ids=lambda kind: kind.__name__)
def test_a_closed_case_takes_nothing_that_its_client_says(case, maija, kind):
    row = kept(kind, case.client, **{"official": make_case(maija, case.centre).client} if kind is JoiningEntry else {})
    closed(case, maija)
    refused(case.centre, lambda: row.save(force_insert=True), "the case is closed")


def test_every_table_of_a_case_is_closed_with_it():
    """Whatever room it is of: a new one is seen here."""
    asked = "select tgrelid::regclass::text from pg_trigger where tgname like %s"
    with connection.cursor() as cursor:
        cursor.execute(asked, ["%\\_open"])
        closing = {table for (table,) in cursor.fetchall()}
    tables = {kind._meta.db_table for kind in (*OfCase.__subclasses__(), *ClientEntry.__subclasses__())}
    assert tables - closing == {kind._meta.db_table for kind in (BrokenGlass, *DECIDED)} | GOES_ON


@pytest.mark.parametrize("kind", [Consent, GroundEntry, SafeContact], ids=lambda kind: kind.__name__)
def test_a_closed_case_takes_what_its_client_decides(case, maija, kind):
    row = kept(kind, case.client)
    closed(case, maija)
    with within(case.centre_id):
        row.save(force_insert=True)
        assert kind.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_row_is_ever_taken_away(full, kind):
    table = kind._meta.db_table
    refused(full.centre, lambda: raw("delete from {table}", table=table), "append-only")
    refused(full.centre, lambda: raw("delete from cases_case"), "append-only")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_another_centres_rows_do_not_exist(full, kind):
    with within(full.centre_id + 1):
        assert not kind._default_manager.exists()
        assert not Case.objects.exists()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_row_never_moves_to_another_case(full, maija, kind):
    other = make_case(maija, full.centre)
    table = kind._meta.db_table
    refused(
        full.centre,
        lambda: raw("update {table} set case_id = %s", other.pk, table=table),
        "append-only|does not change",
    )


SEALED = [
    (kind, field.column)
    for kind in KINDS
    for field in kind._meta.fields
    if field.get_internal_type() == "BinaryField" and kind.__name__ != "TeamMember"
]


@pytest.mark.parametrize(("kind", "column"), SEALED, ids=lambda each: getattr(each, "__name__", each))
def test_no_column_takes_a_text_as_it_is(full, kind, column):
    table = kind._meta.db_table

    def clear():
        others = [field.column for field in kind._meta.fields if field.column not in {"id", column}]
        copy = (
            "insert into {table} (id, {column}, {others}) select gen_random_uuid(), %s::bytea, {others} from {table} "
            "limit 1"
        )
        text = b"in clear, as nobody should ever write it"
        raw(copy, text, table=table, column=column, others=others)

    refused(full.centre, clear, "is_sealed")


def test_nothing_that_was_said_stands_in_a_table_as_it_is(full):
    with within(full.centre_id):
        for kind in KINDS:
            for row in raw("select row_to_json(t)::text from {table} t", table=kind._meta.db_table):
                assert WORDS not in row[0]
                assert WORDS.encode().hex() not in row[0]


def test_a_closed_case_is_opened_again_and_nothing_else_of_it_changes(case, maija):
    closed(case, maija)
    for change in ({"closed_at": AT}, {"event_latest": AT}, {"closed_at": None, "event_latest": AT}):
        refused(case.centre, lambda change=change: Case.objects.update(**change), "the case is closed")
    with within(case.centre_id):
        raw("update cases_case set closed_at = null")


@pytest.mark.parametrize("change", [{"kind": "for_another"}, {"opened_at": AT - HOUR}, {"asked_by": "x"}])
def test_what_a_case_is_never_changes(case, change):
    refused(case.centre, lambda: Case.objects.update(**change), "does not change")


def test_a_signed_note_is_locked(full):
    refused(full.centre, lambda: Note.objects.update(saves=7), "does not change any more")
    refused(full.centre, lambda: Note.objects.update(signed_at=None), "does not change any more")


@pytest.mark.parametrize("change", [{"author_id": 1}, {"section": "social"}, {"begun_at": AT - HOUR}])
def test_of_a_draft_only_the_words_change(case, maija, change):
    actions.begin_note(into(case, maija), wording=Wording(Section.HEALTH), key=uuid4(), by=by(maija), at=AT)
    refused(case.centre, lambda: Note.objects.update(**change), "does not change any more")


def test_what_is_done_is_not_undone(full, maija):
    inside = into(full, maija)
    with within(full.centre_id):
        task, visit = Task.objects.get(case=full), Visit.objects.get(case=full)
    actions.finish_task(inside, task=task, by=by(maija), at=AT)
    actions.depart(inside, visit=visit, leaving=Leaving(), by=by(maija), at=AT)
    refused(full.centre, lambda: Task.objects.update(done_at=None, done_by=None), "does not change any more")
    refused(full.centre, lambda: Visit.objects.update(whereto="home"), "does not change any more")


def test_a_row_points_only_at_rows_of_its_own_case(full, maija):
    other = make_case(maija, full.centre)
    tell(other, maija)
    with within(full.centre_id):
        entry, note = Entry.objects.filter(case=full)[0], Note.objects.get(case=full)
        fact = Fact.objects.get(case=other)
    fact.pk, fact.entry = uuid4(), entry
    refused(full.centre, lambda: fact.save(force_insert=True) or _settle(), "of_its_case")
    addendum = Addendum(id=uuid4(), case=other, centre=other.centre, note=note, author=maija, at=AT, words=note.words)
    refused(full.centre, lambda: addendum.save(force_insert=True) or _settle(), "of_its_case")


def _settle():
    raw("set constraints all immediate")


def test_a_case_and_its_client_are_of_one_centre(case):
    other = make_centre("helsinki")
    foreign = Case(id=uuid4(), centre=other, client_id=case.client_id, opened_at=AT)
    refused(other, lambda: foreign.save(force_insert=True) or _settle(), "of_one_centre|case_client_id")


@pytest.mark.parametrize("length", [dt.timedelta(minutes=59), dt.timedelta(minutes=61), dt.timedelta(days=365)])
def test_no_glass_stays_broken_longer_than_an_hour(full, length):
    with within(full.centre_id):
        glass = BrokenGlass.objects.get(case=full)
    glass.pk, glass.ends = uuid4(), glass.broken_at + length
    refused(full.centre, lambda: glass.save(force_insert=True), "glass_lasts_an_hour")


def test_a_chaplains_words_are_kept_only_if_the_client_asked(full):
    with within(full.centre_id):
        note = Note.objects.get(case=full)
    note.pk, note.section = uuid4(), Section.PASTORAL
    refused(full.centre, lambda: note.save(force_insert=True), "silent_unless_asked")


def test_a_case_is_not_closed_while_something_is_being_written_into_it(transactional_db):
    # Two connections: the one that writes holds the case until it is done, the one that closes waits for it.
    centre = make_centre()
    maija = make_colleague(Role.MIDWIFE, centre, "maija")
    case = make_case(maija, centre)
    with within(centre.pk), transaction.atomic():
        Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("set lock_timeout = '200ms'")
                cursor.execute("select set_config('app.centres', %s, false)", [str(centre.pk)])
                with pytest.raises(DatabaseError, match="lock timeout"):
                    cursor.execute("update cases_case set closed_at = now() where id = %s", [case.pk])
        finally:
            other.close()
    assert access.find(case.pk, [centre], by=by(maija)) == ref(case)
