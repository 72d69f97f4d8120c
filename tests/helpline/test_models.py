"""What the database refuses, whoever writes."""

import datetime as dt
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from poukama.core import vault
from poukama.gate.scope import within
from poukama.helpline import actions
from poukama.helpline.answers import WORDS
from poukama.helpline.models import Arrival, CallBack, Contact, Done, Told
from poukama.helpline.rules import Option
from tests.helpline.night import NIGHT, SAFE, Desk

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
SEALED = b"\x01" + b"s" * 29


@pytest.fixture
def desk() -> Desk:
    return Desk()


def change(ref, **columns):
    """Write past the actions, as nobody does."""
    with within(ref.centre_id):
        assert Contact.objects.filter(pk=ref.id).update(**columns) == 1


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("ends_after_it_began", {"ended_at": NIGHT - HOUR, "pen": None, "ended_by": 1}),
        ("one_pen_while_in_progress", {"pen": None}),
        ("one_pen_while_in_progress", {"ended_at": NIGHT}),
        ("one_pen_while_in_progress", {"ended_at": NIGHT, "pen": None}),
        ("late_is_marked", {"entered_at": NIGHT + 25 * HOUR}),
        ("is_not_to_come", {"began_at": NIGHT + HOUR}),
        ("reached_only_if_safe", {"phone": SEALED}),
        ("reached_only_if_safe", {"hours": SEALED}),
        ("reached_only_if_safe", {"name_to_say": SEALED}),
        ("reached_only_if_safe", {"voicemail": True}),
        ("takes_a_door_whole", {"taken": "come_now"}),
        ("takes_a_door_whole", {"taken_door": "centre_now", "taken_at": NIGHT}),
        ("wants_are_known", {"wants": ["care", "else"]}),
        ("age_is_a_code", {"age": "about 20"}),
        ("place_is_a_code", {"place": "At home"}),
        ("language_is_a_code", {"language": "Swedish"}),
    ],
)
def test_a_contact_that_cannot_be_is_refused(desk, name, columns):
    ref = desk.begin()
    if "ended_by" in columns:
        columns = {**columns, "ended_by": desk.maija}
    with pytest.raises(IntegrityError, match=f"contact_{name}"):
        change(ref, **columns)


WORD_COLUMNS = ("channel", "caller", "safe_now", "hurt", "neck", "suicidal", "when", "infection", "safe_contact")
ANSWER_COLUMNS = ("outcome", "retention", "suggested_door", "suggested_reason", "taken", "taken_door")


@pytest.mark.parametrize("name", WORD_COLUMNS + ANSWER_COLUMNS)
def test_a_column_of_words_holds_its_own_words_only(desk, name):
    ref = desk.begin()
    with pytest.raises(IntegrityError, match=f"contact_({name}_is_known|takes_a_door_whole)"):
        change(ref, **{name: "something else"})


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("clear", [b"Aino", b"a name that is longer than what is sealed", b"\x01short"])
def test_a_sealed_column_is_never_clear(desk, name, clear):
    ref = desk.begin()
    with pytest.raises(IntegrityError, match=f"contact_{name}_is_sealed"):
        change(ref, **{"safe_contact": "call", name: clear})


@pytest.mark.parametrize("name", WORDS)
def test_what_the_vault_makes_fits_whatever_its_length(desk, name):
    ref = desk.begin()
    for text in ("", "a", "a" * 1000, "🌊"):
        sealed = vault.seal(text, centre=ref.centre_id, record=ref.id, place=f"helpline_contact.{name}")
        change(ref, **{"safe_contact": "call", name: sealed})


def promised(desk):
    ref = desk.begin()
    desk.do(actions.call_back, ref, changes=SAFE)
    return ref


@pytest.mark.parametrize(
    "columns",
    [{"done_at": NIGHT}, {"reached": "reached"}, {"reached": "else"}, {"done_at": NIGHT, "reached": "reached"}],
)
def test_a_call_is_done_whole(desk, columns):
    ref = promised(desk)
    with pytest.raises(IntegrityError, match="call_back_"), within(ref.centre_id):
        CallBack.objects.update(**columns)


def test_two_calls_are_never_promised_at_once(desk):
    ref = promised(desk)
    with pytest.raises(IntegrityError, match="call_back_promised_once"), within(ref.centre_id):
        CallBack.objects.create(centre=desk.centre, contact_id=ref.id, promised_at=NIGHT)


@pytest.mark.parametrize("columns", [{"state": "met"}, {"closed_at": NIGHT}, {"state": "else", "closed_at": NIGHT}])
def test_an_arrival_is_closed_whole(desk, columns):
    ref = desk.begin()
    desk.do(actions.take_door, ref, option=Option.COME_NOW)
    with pytest.raises(IntegrityError, match="arrival_"), within(ref.centre_id):
        Arrival.objects.update(**columns)


def test_nobody_is_expected_twice(desk):
    ref = desk.begin()
    desk.do(actions.take_door, ref, option=Option.COME_NOW)
    with pytest.raises(IntegrityError, match="arrival_expected_once"), within(ref.centre_id):
        Arrival.objects.create(centre=desk.centre, contact_id=ref.id, agreed_at=NIGHT)


@pytest.mark.parametrize("columns", [{"duty": "Dr Laine"}, {"duty": "doctor", "means": "pigeon"}])
def test_a_duty_is_told_by_its_code_and_by_a_known_means(desk, columns):
    ref = desk.begin()
    with pytest.raises(IntegrityError, match="told_"), within(ref.centre_id):
        Told.objects.create(centre=desk.centre, contact_id=ref.id, told_at=NIGHT, told_by=desk.maija, **columns)


TABLES = ("helpline_told", "helpline_done")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["update {} set centre_id = centre_id", "delete from {}"])
def test_what_was_told_and_what_was_sent_are_only_added_to(desk, table, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


@pytest.mark.parametrize("table", TABLES)
def test_not_even_their_owner_empties_them(owner, table):
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
        owner(f"truncate {table}")


@pytest.mark.parametrize("kind", [Contact, CallBack, Arrival, Told, Done])
def test_another_centres_rows_do_not_exist_and_none_do_outside_a_centre(desk, kind):
    other = Desk("laakso", "2")
    for each in (desk, other):
        ref = each.begin()
        each.do(actions.call_back, ref, changes=SAFE)
        each.do(actions.take_door, ref, option=Option.COME_NOW)
        each.do(actions.tell, ref, duty="doctor")
    assert kind.objects.count() == 0
    for each in (desk, other):
        with within(each.centre.pk):
            assert {row.centre_id for row in kind.objects.all()} == {each.centre.pk}


def test_a_row_is_never_written_into_another_centre(desk):
    other = Desk("laakso", "2")
    with pytest.raises(DatabaseError, match="row-level security"), within(desk.centre.pk):
        Contact.objects.create(
            id=uuid4(), centre=other.centre, began_at=NIGHT, entered_at=NIGHT, pen=desk.maija, writer=uuid4()
        )


def test_rows_say_what_they_are_and_nothing_that_was_told():
    known = uuid4()
    rows = {kind(id=known): f"{word} {known}" for kind, word in (
        (Contact, "contact"), (CallBack, "call back"), (Arrival, "arrival"), (Told, "told"),
    )}  # fmt: skip
    assert {row: str(row) for row in rows} == rows
    assert str(Done(key=known)) == f"done {known}"
