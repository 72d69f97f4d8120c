"""What is done at a visit, and what is left to do."""

from uuid import uuid4

from poukama.cases import access, actions
from poukama.cases.rules import (
    CloseReason,
    Doing,
    EntryKind,
    Leaving,
    Present,
    Refusal,
    Source,
    There,
    Title,
    Turn,
    Whereto,
)
from poukama.cases.walls import Section
from poukama.staff.rules import Role
from tests.cases.working import AT, HOUR, WORDS, by, events, into, make_colleague, opened, refused, tell
from tests.people import make_centre

# ── Visits ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_visit_has_its_room_those_who_are_there_and_where_the_client_goes(case, maija, acting):
    inside = into(case, maija)
    visit = actions.arrive(inside, key=uuid4(), room="1", arrived_at=AT - HOUR, **acting)
    for there in (There(Present.COMPANION, words="sister"), There(Present.STAFF, member=maija.pk)):
        actions.be_there(inside, visit=visit, there=there, key=uuid4(), **acting)
    leaving = Leaving(Whereto.FRIEND, "the two of them")
    actions.depart(inside, visit=visit, leaving=leaving, **acting)
    (shown,) = access.visits(opened(case, maija))
    assert (shown.room, shown.arrived_at, shown.departed_at) == ("1", AT - HOUR, AT)
    assert (shown.whereto, shown.words) == (Whereto.FRIEND, "the two of them")
    assert {there.words for there in shown.there} == {"sister", "Maija"}
    kinds = [line.kind for line in access.timeline(opened(case, maija))]
    assert kinds.index(EntryKind.ARRIVED) < kinds.index(EntryKind.DEPARTED)


def test_somebody_who_is_here_does_not_arrive_and_who_left_leaves_no_more(case, maija, acting):
    inside, key = into(case, maija), uuid4()
    visit = actions.arrive(inside, key=key, **acting)
    assert actions.arrive(inside, key=key, **acting) == visit
    with refused(Refusal.HERE_ALREADY):
        actions.arrive(inside, key=uuid4(), **acting)
    actions.depart(inside, visit=visit, leaving=Leaving(), **acting)
    again = actions.depart(inside, visit=visit, leaving=Leaving(Whereto.HOME), **acting)
    assert again.whereto == Whereto.NOT_ASKED
    actions.arrive(inside, key=uuid4(), **acting)


def test_a_visit_keeps_to_the_order_of_time(case, maija, acting):
    inside = into(case, maija)
    with refused(Refusal.TIMES):
        actions.arrive(inside, key=uuid4(), arrived_at=AT + HOUR, **acting)
    visit = actions.arrive(inside, key=uuid4(), **acting)
    with refused(Refusal.TIMES):
        actions.depart(inside, visit=visit, leaving=Leaving(at=AT - HOUR), **acting)


def test_a_case_is_not_closed_around_somebody_who_is_still_here(case, maija, acting):
    visit = actions.arrive(into(case, maija), key=uuid4(), **acting)
    with refused(Refusal.STILL_HERE):
        actions.close(into(case, maija), reason=CloseReason.ALL_DONE, **acting)
    actions.depart(into(case, maija), visit=visit, leaving=Leaving(), **acting)
    actions.close(into(case, maija), reason=CloseReason.ALL_DONE, **acting)


def test_of_staff_only_those_who_work_here_are_named(case, maija, acting):
    elsa = make_colleague(Role.MIDWIFE, make_centre("helsinki"), "elsa")
    inside = into(case, maija)
    visit = actions.arrive(inside, key=uuid4(), **acting)
    with refused(Refusal.NO_POST):
        actions.be_there(inside, visit=visit, there=There(Present.STAFF, elsa.pk), key=uuid4(), **acting)
    with refused(Refusal.NO_POST):
        actions.add_task(inside, doing=Doing(Title.PLAN, Turn(member=elsa.pk)), key=uuid4(), **acting)
    with refused(Refusal.NO_POST):
        tell(case, maija, source=Source(heard_by=elsa.pk))


# ── Tasks ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_task_is_somebodys_turn_until_it_is_done(case, maija, acting):
    inside, key = into(case, maija), uuid4()
    doing = Doing(Title.LABORATORY, Turn(Role.DOCTOR), due=AT + HOUR)
    task = actions.add_task(inside, doing=doing, key=key, **acting)
    assert actions.add_task(inside, doing=doing, key=key, **acting) == task
    actions.add_task(inside, doing=Doing(Title.PLAN, Turn(member=maija.pk)), key=uuid4(), **acting)
    assert [shown.turn for shown in access.tasks(opened(case, maija))] == [Role.DOCTOR, "Maija"]
    for _ in range(2):
        actions.finish_task(inside, task=task, **acting)
    assert [shown.title for shown in access.tasks(opened(case, maija))] == [Title.PLAN]
    (done,) = access.tasks(opened(case, maija), done=True)
    assert (done.title, done.done_by, done.late) == (Title.LABORATORY, "Maija", False)
    assert events(case.centre).count("task.done") == 1


def test_a_task_in_words_is_sealed_and_shown(case, maija, acting):
    doing = Doing(Title.OTHER, Turn(Role.MIDWIFE), WORDS, section=Section.HEALTH)
    actions.add_task(into(case, maija), doing=doing, key=uuid4(), **acting)
    (shown,) = access.tasks(opened(case, maija))
    assert shown.words == WORDS


def test_a_task_beyond_a_wall_is_neither_added_nor_done(case, centre, maija, hanna, acting):
    doing = Doing(Title.LABORATORY, Turn(Role.DOCTOR))
    with refused(Refusal.WALL):
        actions.add_task(into(case, hanna), doing=doing, key=uuid4(), by=by(hanna), at=AT)
    task = actions.add_task(into(case, maija), doing=doing, key=uuid4(), **acting)
    with refused(Refusal.WALL):
        actions.finish_task(into(case, hanna), task=task, by=by(hanna), at=AT)
