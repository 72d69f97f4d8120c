"""What stands first on the board, and how far a case has come. Nothing here is a gate to anything else."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from poukama.cases.rules import EntryKind, Title
from poukama.cases.shown import CameIn, Line, TaskShown, Told, ToReview, VisitShown, Waiting
from poukama.cases.told import Topic, standing
from poukama.cases.walls import Reach, Section
from poukama.roster.rules import Gap

# ── The most important first ─────────────────────────────────────────────────────────────────────────────────

FEW = 5
# A gap that is further away than this is for the on-call week.
GAP_WITHIN = dt.timedelta(days=7)


class Why(StrEnum):
    """Why something stands first, in the order in which it does."""

    GAP = "gap"
    LATE = "late"
    CAME_AT_NIGHT = "came_at_night"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class First:
    """Something that stands first: the gap, or the code of a case and what of it."""

    why: Why
    case: UUID | None = None
    code: str = ""
    what: Gap | Waiting | CameIn | ToReview | None = None


def soon(gap: Gap | None, at: dt.datetime) -> bool:
    """Whether a gap is near enough to stand first."""
    return gap is not None and gap.begins - at < GAP_WITHIN


def first(
    gap: Gap | None,
    tasks: Iterable[Waiting],
    came: Iterable[CameIn],
    reviews: Iterable[ToReview],
    at: dt.datetime,
) -> tuple[First, ...]:
    """What stands first, each by its rule, and within a rule the oldest; a case stands there once.

    `came` are those who came at night and have something open.
    """
    late = sorted((task for task in tasks if task.late), key=lambda task: (task.due or at, task.added_at))
    found = [
        *([First(Why.GAP, what=gap)] if soon(gap, at) else []),
        *(First(Why.LATE, task.case, task.code, task) for task in late),
        *(First(Why.CAME_AT_NIGHT, each.case, each.code, each) for each in came),
        *(First(Why.REVIEW, each.case, each.code, each) for each in reviews),
    ]
    kept: dict[object, First] = {}
    for each in found:
        kept.setdefault(each.case or each.why, each)
    return tuple(kept.values())


# ── How far a case has come ──────────────────────────────────────────────────────────────────────────────────


class Step(StrEnum):
    """A part of the way through the centre. They come in any order, and none waits for another."""

    CONTACT = "contact"
    ARRIVED = "arrived"
    EXAMINATION = "examination"
    CARE = "care"
    SAFETY = "safety"
    PLAN = "plan"
    SUPPORT = "support"
    FOLLOW_UP = "follow_up"


class Stage(StrEnum):
    """How far a step has come, by the shape that is drawn for it."""

    DONE = "done"
    NOW = "now"
    NOT_YET = "todo"


@dataclass(frozen=True, slots=True)
class Passed:
    """A step, how far it has come, since when, by when it is due, and in which room."""

    step: Step
    stage: Stage
    at: dt.datetime | None = None
    due: dt.datetime | None = None
    room: str = ""


# What is written into these sections belongs to a step, and to know that it was suffices.
_WRITTEN_IN: Mapping[Step, frozenset[Section]] = {
    Step.EXAMINATION: frozenset({Section.FORENSIC}),
    Step.CARE: frozenset({Section.HEALTH}),
    Step.SUPPORT: frozenset({Section.PSYCHOLOGICAL, Section.SOCIAL, Section.PASTORAL}),
}
_WRITING = frozenset({EntryKind.WRITTEN, EntryKind.NOTE, EntryKind.ADDENDUM})
_TASKS = {Step.PLAN: Title.PLAN, Step.FOLLOW_UP: Title.FOLLOW_UP}
_SAFETY = (Topic.SAFE_NOW, Topic.SLEEPS_AT)


def pathway(
    lines: Sequence[Line],
    tasks: Sequence[TaskShown],
    visits: Sequence[VisitShown],
    known: Told,
    reach: Mapping[Section, Reach],
) -> tuple[Passed, ...]:
    """How far each step has come, as far as what is written in the case says, and the walls let it be known."""
    found = [_contact(lines), _arrived(visits)]
    found += [_written(step, lines) for step, into in _WRITTEN_IN.items() if any(reach[each] for each in into)]
    if reach[Section.STORY] >= Reach.READS:
        found.append(_safety(known))
    if reach[Section.HEALTH]:
        found += [_task(step, title, lines, tasks) for step, title in _TASKS.items()]
    return tuple(sorted(found, key=lambda each: list(Step).index(each.step)))


def _contact(lines: Sequence[Line]) -> Passed:
    """The first contact that is attached; without one, whoever opened the case was the contact."""
    contacts = [line.at for line in lines if line.kind in (EntryKind.CONTACT, EntryKind.OPENED)]
    return Passed(Step.CONTACT, Stage.DONE, min(contacts, default=None))


def _arrived(visits: Sequence[VisitShown]) -> Passed:
    if not visits:
        return Passed(Step.ARRIVED, Stage.NOT_YET)
    newest = visits[0]
    stage = Stage.NOW if newest.departed_at is None else Stage.DONE
    return Passed(Step.ARRIVED, stage, newest.arrived_at, room=newest.room)


def _written(step: Step, lines: Sequence[Line]) -> Passed:
    written = [line.at for line in lines if line.kind in _WRITING and line.section in _WRITTEN_IN[step]]
    return Passed(step, Stage.NOW, max(written)) if written else Passed(step, Stage.NOT_YET)


def _safety(known: Told) -> Passed:
    heard = [fact.heard_at for topic in _SAFETY for fact in standing(known.picture, topic)]
    return Passed(Step.SAFETY, Stage.DONE, max(heard)) if heard else Passed(Step.SAFETY, Stage.NOT_YET)


def _task(step: Step, title: Title, lines: Sequence[Line], tasks: Sequence[TaskShown]) -> Passed:
    waiting = [task.due for task in tasks if task.title is title]
    if waiting:
        return Passed(step, Stage.NOT_YET, due=min((due for due in waiting if due), default=None))
    done = [line.at for line in lines if line.kind is EntryKind.TASK_DONE and line.reason == title]
    return Passed(step, Stage.DONE, max(done)) if done else Passed(step, Stage.NOT_YET)
