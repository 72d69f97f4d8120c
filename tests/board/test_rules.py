"""What stands first, and how far a case has come: by what is written down, and by nothing else."""

import datetime as dt
from uuid import UUID, uuid4

import pytest

from poukama.board.rules import Passed, Stage, Step, Why, first, pathway, soon
from poukama.cases.rules import Arising, EntryKind, Title, Whereto
from poukama.cases.shown import CameIn, Line, TaskShown, Told, ToReview, VisitShown, Waiting
from poukama.cases.told import Fact, Said, Telling, Topic, told
from poukama.cases.walls import Reach, Section
from poukama.roster.rules import Duty, Gap
from poukama.staff.rules import Role
from tests.factories import at

NOW = at("2026-11-24T08:10")
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
ALL = dict.fromkeys(Section, Reach.WRITES)
NOTHING = Told({}, frozenset())

# ── The most important first ─────────────────────────────────────────────────────────────────────────────────


def waiting(due: dt.datetime | None = NOW - HOUR, *, case: UUID | None = None, added: dt.datetime = NOW) -> Waiting:
    late = due is not None and due < NOW
    return Waiting(case or uuid4(), "K7-42M", Title.PLAN, Role.MIDWIFE, due, added, late)


@pytest.mark.parametrize(
    ("begins", "is_soon"), [(NOW, True), (NOW + 7 * DAY - HOUR, True), (NOW + 7 * DAY, False), (NOW + 9 * DAY, False)]
)
def test_a_gap_stands_first_when_it_is_less_than_a_week_away(begins, is_soon):
    gap = Gap(Duty.DOCTOR, begins, begins + HOUR)
    assert soon(gap, NOW) is is_soon
    assert [each.why for each in first(gap, [], [], [], NOW)] == [Why.GAP] * is_soon
    assert not soon(None, NOW)


def test_what_stands_first_has_the_order_of_its_rules_and_the_oldest_above():
    older, newer = waiting(NOW - 2 * DAY), waiting(NOW - HOUR)
    came, review = CameIn(uuid4(), "R3-94T", NOW), ToReview(uuid4(), "B2-77K", NOW)
    found = first(Gap(Duty.DOCTOR, NOW, NOW + HOUR), [newer, waiting(None), older], [came], [review], NOW)
    assert [each.what for each in found[1:]] == [older, newer, came, review]
    assert [each.why for each in found] == [Why.GAP, Why.LATE, Why.LATE, Why.CAME_AT_NIGHT, Why.REVIEW]


def test_a_case_stands_there_once_by_the_first_rule_that_names_it():
    task = waiting()
    found = first(None, [task, waiting(case=task.case)], [CameIn(task.case, task.code, NOW)], [], NOW)
    assert [each.why for each in found] == [Why.LATE]


# ── How far a case has come ──────────────────────────────────────────────────────────────────────────────────


def line(kind: EntryKind, section: Section = Section.IDENTITY, when: dt.datetime = NOW, reason: str = "") -> Line:
    return Line(uuid4(), kind, section, when, when, "Maija", None, None, reason, "", ())


def visit(departed_at: dt.datetime | None = None) -> VisitShown:
    return VisitShown(uuid4(), NOW, "1", departed_at, Whereto.NOT_ASKED, "", ())


def task(title: Title, due: dt.datetime | None = None) -> TaskShown:
    return TaskShown(uuid4(), Section.HEALTH, title, "", Role.MIDWIFE, due, False, Arising.MEMBER, None, "")


def stages(lines=(), tasks=(), visits=(), known=NOTHING, reach=ALL) -> dict[Step, Passed]:
    return {each.step: each for each in pathway(lines, tasks, visits, known, reach)}


def test_a_new_case_has_come_as_far_as_the_contact_and_waits_for_nothing():
    found = stages([line(EntryKind.OPENED)])
    assert list(found) == list(Step)
    assert found.pop(Step.CONTACT) == Passed(Step.CONTACT, Stage.DONE, NOW)
    assert {each.stage for each in found.values()} == {Stage.NOT_YET}


def test_the_first_contact_counts():
    lines = [line(EntryKind.OPENED), line(EntryKind.CONTACT, when=NOW - HOUR)]
    assert stages(lines)[Step.CONTACT].at == NOW - HOUR


def test_a_visit_goes_on_until_its_end():
    assert stages(visits=[visit()])[Step.ARRIVED] == Passed(Step.ARRIVED, Stage.NOW, NOW, room="1")
    assert stages(visits=[visit(NOW + HOUR)])[Step.ARRIVED].stage is Stage.DONE


@pytest.mark.parametrize(
    ("step", "section"),
    [
        (Step.EXAMINATION, Section.FORENSIC),
        (Step.CARE, Section.HEALTH),
        (Step.SUPPORT, Section.SOCIAL),
        (Step.SUPPORT, Section.PASTORAL),
    ],
)
def test_what_is_written_into_a_section_begins_its_step(step, section):
    found = stages([line(EntryKind.NOTE, section, NOW - HOUR), line(EntryKind.WRITTEN, section)])
    assert found[step] == Passed(step, Stage.NOW, NOW)
    assert stages([line(EntryKind.TASK_DONE, section)])[step].stage is Stage.NOT_YET


@pytest.mark.parametrize("topic", [Topic.SAFE_NOW, Topic.SLEEPS_AT])
def test_what_is_told_of_tonight_is_what_safety_waits_for(topic):
    known = told([Fact(uuid4(), Telling(topic, Said.YES), uuid4(), 1, NOW)])
    assert stages(known=Told(known, frozenset()))[Step.SAFETY] == Passed(Step.SAFETY, Stage.DONE, NOW)


def test_a_task_is_to_be_done_by_its_time_and_then_done():
    found = stages(tasks=[task(Title.FOLLOW_UP, NOW + DAY), task(Title.FOLLOW_UP, NOW + 2 * DAY), task(Title.PLAN)])
    assert found[Step.FOLLOW_UP] == Passed(Step.FOLLOW_UP, Stage.NOT_YET, due=NOW + DAY)
    assert found[Step.PLAN] == Passed(Step.PLAN, Stage.NOT_YET)
    done = stages([line(EntryKind.TASK_DONE, Section.HEALTH, reason="plan")])
    assert done[Step.PLAN] == Passed(Step.PLAN, Stage.DONE, NOW)


def test_a_step_behind_a_wall_is_left_out():
    chaplain = dict.fromkeys(Section, Reach.NOTHING) | {Section.IDENTITY: Reach.READS, Section.PASTORAL: Reach.WRITES}
    assert list(stages(reach=chaplain)) == [Step.CONTACT, Step.ARRIVED, Step.SUPPORT]
    knows = dict.fromkeys(Section, Reach.KNOWS)
    assert set(Step) - set(stages(reach=knows)) == {Step.SAFETY}
