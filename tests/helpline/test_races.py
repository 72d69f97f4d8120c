"""Forms that arrive at the same moment, as an impatient hand or a mended network sends them."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from poukama.helpline import access, actions
from poukama.helpline.rules import Option, Ref, Refused
from tests.helpline.night import NIGHT, OTHER_WINDOW, WINDOW, Desk, changes

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 4


@pytest.fixture
def desk() -> Desk:
    return Desk()


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """What came of steps that were all taken at the same moment: what they gave back, or what they raised."""
    gate, found = threading.Barrier(len(steps)), []

    def take(step: Callable[[], Any]) -> None:
        try:
            gate.wait(10)
            found.append(step())
        except Exception as fault:
            found.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(found) == len(steps)
    return found


def test_a_contact_that_is_begun_many_times_at_once_is_one_with_one_line(desk):
    record = uuid4()
    found = at_once(*[lambda: desk.begin(record=record)] * TIMES)
    assert found == [Ref(desk.centre.pk, record)] * TIMES
    assert desk.lines() == [("contact.begun", 0)]


@pytest.mark.parametrize(
    ("verb", "known"),
    [(actions.take_door, {"option": Option.COME_NOW}), (actions.tell, {"duty": "doctor"}), (actions.end, {})],
)
def test_a_form_that_is_sent_many_times_at_once_is_one_form(desk, verb, known):
    ref, key = desk.begin(), uuid4()
    found = at_once(*[lambda: desk.do(verb, ref, key=key, **known)] * TIMES)
    assert [row.pk for row in found] == [ref.id] * TIMES
    assert [line[0] for line in desk.lines()] == ["contact.begun", vars(verb)["event"]]
    kept = desk.read(ref)
    assert (len(kept.arrivals), len(kept.told)) == (verb is actions.take_door, verb is actions.tell)


def test_a_save_that_is_sent_many_times_at_once_is_one_save(desk):
    ref = desk.begin()
    at_once(*[lambda: desk.save(ref, 1, note="once")] * TIMES)
    desk.do(actions.end, ref)
    assert desk.lines() == [("contact.begun", 0), ("contact.ended", 1)]


def test_of_two_windows_that_begin_to_write_at_once_one_writes_and_the_other_is_told(desk):
    ref = desk.begin()

    def write(window, note):
        return desk.do(actions.save, ref, changes=changes(note=note), writer=window, number=1)

    found = at_once(lambda: write(WINDOW, "first"), lambda: write(OTHER_WINDOW, "second"))
    assert sorted(isinstance(each, Refused) for each in found) == [False, True]
    (row,) = [each for each in found if not isinstance(each, Refused)]
    assert desk.read(ref).words.note == ("first" if row.writer == WINDOW else "second")


def test_of_two_midwives_who_take_the_pen_at_once_one_holds_it(desk):
    ref = desk.begin()
    desk.save(ref, note="draft")
    at_once(
        lambda: desk.do(actions.take_pen, ref, writer=WINDOW),
        lambda: desk.do(actions.take_pen, ref, writer=OTHER_WINDOW, by=desk.colleague),
    )
    (contact,) = access.night(desk.centre, by=desk.by, at=NIGHT).in_progress
    holder, other = (desk.by, desk.colleague) if contact.mine else (desk.colleague, desk.by)
    window = WINDOW if contact.mine else OTHER_WINDOW
    desk.do(actions.save, ref, changes=changes(note="draft goes on"), writer=window, number=1, by=holder)
    with pytest.raises(Refused):
        desk.do(actions.save, ref, changes=changes(note="lost"), writer=uuid4(), number=9, by=other)
    assert desk.read(ref).words.note == "draft goes on"
