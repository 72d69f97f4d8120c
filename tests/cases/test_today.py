"""What the open cases of a centre ask of today: codes and times, as far as each role's walls let it, in few queries."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from poukama.cases import access, actions, today
from poukama.cases.models import Case
from poukama.cases.rules import CloseReason, Doing, Leaving, Present, There, Title, Turn
from poukama.cases.shown import Board
from poukama.clients import actions as clients
from poukama.clients.access import client
from poukama.clients.identity import Identity
from poukama.staff.rules import Role
from tests.cases.working import AT, HOUR, break_glass, by, counted, events, into, make_case, make_colleague, now
from tests.people import make_centre

DAY = dt.timedelta(days=1)
SUNDAY = AT + 5 * DAY


def board(centre, member, when=AT):
    return access.board(centre, week_ends=SUNDAY, by=by(member, when), at=when)


def add(case: Case, member, title=Title.PLAN, turn=None, due=None, when=AT):
    doing = Doing(title, turn or Turn(Role.MIDWIFE), due=due)
    return actions.add_task(into(case, member, when=when), doing=doing, key=uuid4(), **now(member, when))


def test_what_waits_has_whose_turn_it_is_the_late_on_top(case, centre, maija, kaisa):
    add(case, maija)
    add(case, maija, Title.STATEMENT, Turn(member=maija.pk), due=AT + HOUR)
    add(case, maija, Title.LABORATORY, due=AT + 4 * DAY)
    later = board(centre, kaisa, AT + 2 * HOUR)
    assert [(row.title, row.turn, row.late) for row in later.waiting] == [
        (Title.STATEMENT, "Maija", True),
        (Title.PLAN, Role.MIDWIFE, False),
    ]
    assert {row.code for row in later.waiting} == {access.case_list(centre, **now(kaisa)).rows[0].code}
    assert later.more == frozenset()


def test_follow_up_of_this_week_stands_apart(case, centre, maija, kaisa):
    add(case, maija, Title.FOLLOW_UP, due=AT + DAY)
    add(case, maija, Title.FOLLOW_UP, due=SUNDAY + HOUR)
    found = board(centre, kaisa)
    assert [row.due for row in found.week] == [AT + DAY]
    assert found.waiting == ()


def test_a_task_behind_a_wall_and_one_that_is_done_are_not_there(case, centre, maija, kaisa):
    hanna = make_colleague(Role.CHAPLAIN, centre)
    add(case, maija)
    done = add(case, maija, Title.INTERPRETER)
    add(case, maija, Title.APPOINTMENT, when=AT + dt.timedelta(minutes=1))
    actions.finish_task(into(case, maija), task=done, **now(maija))
    assert [row.title for row in board(centre, kaisa).waiting] == [Title.PLAN, Title.APPOINTMENT]
    assert [row.title for row in board(centre, hanna).waiting] == [Title.APPOINTMENT]


def test_a_closed_case_asks_nothing(case, centre, maija, kaisa):
    add(case, maija)
    actions.close(into(case, maija), reason=CloseReason.ALL_DONE, **now(maija))
    assert board(centre, kaisa).waiting == ()


def test_whoever_is_here_stands_with_room_language_and_company_and_no_name(case, centre, maija, kaisa):
    of = client(centre, case.client_id, by=by(maija))
    clients.tell_identity(of, identity=Identity(called="Aino", language="sv"), **now(maija))
    visit = actions.arrive(into(case, maija), room="2", key=uuid4(), **now(maija))
    for who in (Present.COMPANION, Present.COMPANION, Present.INTERPRETER):
        actions.be_there(into(case, maija), visit=visit, there=There(who), key=uuid4(), **now(maija))
    (row,) = board(centre, kaisa).here
    assert (row.room, row.arrived_at, row.language) == ("2", AT, "sv")
    assert row.there == (Present.COMPANION, Present.INTERPRETER)
    assert "Aino" not in repr(board(centre, kaisa))


def test_whoever_came_in_the_last_day_stands_there_while_something_is_open(case, centre, maija, kaisa):
    visit = actions.arrive(into(case, maija), key=uuid4(), **now(maija))
    actions.depart(into(case, maija), visit=visit, leaving=Leaving(), **now(maija))
    assert board(centre, kaisa).came == ()
    task = add(case, maija)
    assert [row.arrived_at for row in board(centre, kaisa, AT + 23 * HOUR).came] == [AT]
    assert board(centre, kaisa, AT + 25 * HOUR).came == ()
    actions.finish_task(into(case, maija), task=task, **now(maija))
    assert board(centre, kaisa).came == ()


def test_broken_glasses_stand_there_for_whoever_reviews_them(case, centre, maija, kaisa):
    break_glass(case, make_colleague(Role.MIDWIFE, centre, "ilona"))
    (row,) = board(centre, kaisa).reviews
    assert (row.case, row.review_by) == (case.pk, AT.replace(hour=0, minute=0) + 2 * DAY)
    assert board(centre, maija).reviews == ()


def test_whoever_is_shut_out_sees_nothing_of_that_client(case, centre, maija, kaisa):
    add(case, maija)
    actions.arrive(into(case, maija), key=uuid4(), **now(maija))
    break_glass(case, make_colleague(Role.MIDWIFE, centre, "ilona"))
    of = client(centre, case.client_id, by=by(maija))
    clients.shut_out(of, member=kaisa, **now(maija))
    assert board(centre, kaisa) == Board((), (), (), (), (), frozenset())


def test_a_list_that_is_cut_says_so(centre, maija, kaisa, case, monkeypatch):
    monkeypatch.setattr(today, "MOST", 1)
    add(case, maija)
    assert board(centre, kaisa).more == frozenset()
    add(case, maija, Title.APPOINTMENT)
    found = board(centre, kaisa)
    assert (found.more, len(found.waiting)) == ({"waiting"}, 1)


def test_reading_it_is_a_line_and_only_whoever_reads_cases_may(case, centre, kaisa):
    board(centre, kaisa)
    assert events(centre)[-1] == "board.read"
    with pytest.raises(PermissionDenied):
        board(centre, make_colleague(Role.MANAGER, centre))
    with pytest.raises(Http404):
        board(centre, make_colleague(Role.MIDWIFE, make_centre("laakso"), "oona"))


def test_it_takes_as_many_queries_for_many_cases_as_for_one(case, centre, maija, kaisa):
    def fill(one: Case) -> None:
        add(one, maija)
        add(one, maija, Title.FOLLOW_UP, due=AT + DAY)
        visit = actions.arrive(into(one, maija), key=uuid4(), **now(maija))
        actions.be_there(into(one, maija), visit=visit, there=There(Present.COMPANION), key=uuid4(), **now(maija))

    fill(case)
    actor = by(kaisa)
    one = counted(lambda: access.board(centre, week_ends=SUNDAY, by=actor, at=AT))
    for _ in range(9):
        fill(make_case(maija, centre))
    assert counted(lambda: access.board(centre, week_ends=SUNDAY, by=actor, at=AT)) == one <= 12
