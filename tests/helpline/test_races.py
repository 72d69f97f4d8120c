"""Forms that arrive at the same moment, as an impatient hand or a mended network sends them."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from poukama.helpline import access, actions
from poukama.helpline.rules import ArrivalState, Option, Reached, Ref, Refused
from poukama.helpline.shown import Expected, Promised
from tests.helpline.night import MINUTE, NIGHT, OTHER_WINDOW, SAFE, WINDOW, Desk, changes

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


@pytest.mark.parametrize("option", [Option.CALL_BACK, Option.COME_NOW])
def test_what_a_colleague_closes_while_it_is_changed_stays_closed(desk, option):
    ref = desk.begin()
    desk.save(ref, **{**SAFE.answers, **SAFE.words})
    for _ in range(TIMES):
        desk.do(actions.take_door, ref, option=option)
        kept = desk.read(ref)
        (promise,) = [each.ref for each in (*kept.call_backs, *kept.arrivals) if open_(each)]
        at_once(
            lambda: desk.do(actions.take_door, ref, option=option, due=NIGHT + 60 * MINUTE),
            partial(close, promise, option, desk),
        )
        kept = desk.read(ref)
        assert not any(open_(each) for each in (*kept.call_backs, *kept.arrivals) if each.ref == promise)


def open_(kept: Promised | Expected) -> bool:
    return kept.done_at is None if isinstance(kept, Promised) else kept.state is ArrivalState.EXPECTED


def close(promise: Ref, option: Option, desk: Desk) -> None:
    """A colleague writes down that it was kept."""
    if option is Option.CALL_BACK:
        actions.call_back_done(promise, reached=Reached.REACHED, by=desk.colleague, at=NIGHT + MINUTE)
    else:
        actions.arrived(promise, by=desk.colleague, at=NIGHT + MINUTE)
