"""Taking down what a client answers: into the ledger, with a task for what it stops, at once, and a line for them all.

For `actions` alone, in the transaction of an action.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from poukama.cases import inside, writing
from poukama.cases.models import Case, Task
from poukama.cases.models import Entry as Line
from poukama.cases.rules import EntryKind, Turn, for_withdrawal, key_of_task, section_of
from poukama.cases.walls import Section
from poukama.clients import access, actions
from poukama.clients.consents import Answer, Entry
from poukama.gate.rules import Actor
from poukama.staff.rules import Role

# Whoever runs the day sees to it that what was stopped has stopped.
_TURN = Turn(role=Role.MIDWIFE_COORDINATOR)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to one act, which is asked for under a code and has a name."""

    code: str
    name: str
    entry: Entry


def keep(case: Case, answers: Iterable[Answered], key: UUID, by: Actor, at: dt.datetime) -> None:
    """Keep the answers of a form, and say in the timeline which acts they are about. A form sent again adds no line.

    What was answered is in the ledger alone, where a change of mind is seen with it.
    """
    answered = tuple(answers)
    for each in answered:
        _keep(case, each, key, by, at)
    line = uuid5(key, "timeline")
    # The timeline of a closed case does not grow: there the answers stand in the ledger alone.
    if answered and not case.closed_at and not Line.objects.filter(pk=line).exists():
        words = ", ".join(each.name for each in answered)
        writing.enter_line(case, EntryKind.CONSENTS, by, at, id=line, section=Section.LEGAL, words=words)


def _keep(case: Case, answered: Answered, key: UUID, by: Actor, at: dt.datetime) -> None:
    """Keep one answer; one that stops something, or comes after something has left, makes a task."""
    mine = uuid5(key, answered.code)
    row = actions.answer(case.client, entry=answered.entry, key=mine, by=by, at=at)
    if answered.entry.answer is Answer.YES or case.closed_at:
        # In a closed case nobody's turn it is; whatever asks the ledger stops all the same.
        return
    effect = access.effect_of(row, by=by, at=at)
    for doing in for_withdrawal(effect, _TURN):
        # Named before it has words: the same form sent in another language makes no other task.
        record = key_of_task(case.pk, doing, str(mine))
        if not Task.objects.filter(pk=record).exists():
            task = Task(id=record, section=section_of(doing), title=doing.title, due=at, arising=doing.arising)
            task.role, task.added_at, task.added_by_id = doing.turn.role or "", at, inside.member_of(by)
            writing.add(task, case, words=answered.name)
