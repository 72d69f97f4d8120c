"""What every write of this room does first and last: takes the case, asks the walls, knows a form sent twice.

For `actions` alone, in the transaction of an action.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404

from poukama.audit import trail
from poukama.cases import inside
from poukama.cases.inside import Entered, put
from poukama.cases.models import Case, Entry, Fact, Note, OfCase, TeamMember
from poukama.cases.need import Way
from poukama.cases.rules import EntryKind, Refusal, Refused, Source, happened
from poukama.cases.told import ABOUT, Telling, Topic, checked, event, told
from poukama.cases.walls import Reach, Section, may_hold_words
from poukama.core.texts import clean
from poukama.gate.gates import AlreadyDone, name_of
from poukama.gate.rules import Actor
from poukama.staff.rules import Role

R = TypeVar("R", bound=OfCase)


def take(entered: Entered, section: Section, by: Actor, at: dt.datetime) -> Case:
    """The case, open and held until the transaction ends, for whoever may write into this section.

    Raises Refused for a closed case, a wall, or a glass whose hour is over.
    """
    case = _held_by(entered, by, at)
    if case.closed_at:
        raise Refused(Refusal.CLOSED)
    must_write(entered, section)
    return case


def let(entered: Entered, section: Section, by: Actor, at: dt.datetime) -> Case:
    """The same, closed or not: what a client decides, they decide at any time. Raises Refused."""
    case = _held_by(entered, by, at)
    must_write(entered, section)
    return case


def _held_by(entered: Entered, by: Actor, at: dt.datetime) -> Case:
    must_be_in(entered, by, at)
    return held(entered)


def must_be_in(entered: Entered, by: Actor, at: dt.datetime) -> None:
    """Raise PermissionDenied unless it is they who are inside, and Refused once their glass's hour is over."""
    if entered.member != inside.member_of(by):
        raise PermissionDenied
    if entered.until is not None and at >= entered.until:
        raise Refused(Refusal.NOT_LET_IN)


def held(entered: Entered) -> Case:
    """The case's row as it is now, held until the transaction ends: one verb of a case waits for the one before it."""
    return Case.objects.select_for_update(no_key=True).get(pk=entered.case.pk)


def must_write(entered: Entered, section: Section) -> None:
    """Raise Refused where the walls let whoever is here not write."""
    if entered.reach[section] < Reach.WRITES:
        raise Refused(Refusal.WALL)


def must_not_be_by_glass(entered: Entered) -> None:
    """Raise Refused to whoever came in by a broken glass: it changes nothing of who else is let in where."""
    if entered.way is Way.BREAK_GLASS:
        raise Refused(Refusal.ONESELF)


def must_work_here(member: int | None, case: Case, at: dt.datetime) -> None:
    """Raise Refused for a member who holds no post at the centre at this moment. Nobody named is nobody refused."""
    if member is not None and not inside.roles_at(member, case.centre_id, at):
        raise Refused(Refusal.NO_POST)


def words_for(section: Section, words: str, *, asked: bool) -> str:
    """Words as they may be kept. Raises Refused for the chaplain's that the client did not ask for."""
    kept = clean(words)
    if kept.strip() and not may_hold_words(section, asked=asked):
        raise Refused(Refusal.UNASKED)
    return kept


def only_once(kind: type[R], entered: Entered, key: UUID) -> None:
    """Stop at a form that was sent before: its row stands. A key of another case is nobody's (Http404)."""
    held(entered)
    row = kind._default_manager.filter(pk=key).first()
    if row is not None and row.case_id != entered.case.pk:
        raise Http404
    if row is not None:
        raise AlreadyDone(row)


def add(row: R, case: Case, **texts: str) -> R:
    """Insert a row of a case, its words sealed."""
    row.case, row.centre_id = case, case.centre_id
    put(row, case, **texts)
    row.save(force_insert=True)
    return row


def enter_line(
    case: Case, kind: EntryKind, by: Actor, written_at: dt.datetime, *, words: str = "", **columns: object
) -> Entry:
    """Add a line to the timeline: of now and of whoever writes it, unless the columns say otherwise."""
    known = {"id": uuid4(), "at": written_at, "member_id": inside.member_of(by), **columns}
    return add(Entry(kind=kind, written_at=written_at, **known), case, words=words)


# ── What was told ────────────────────────────────────────────────────────────────────────────────────────────


def keep_told(entered: Entered, entry: Entry, tellings: Iterable[Telling], case: Case) -> None:
    """Keep each telling as a fact of this entry. Raises Refused for a wall, or a correction of another topic."""
    timed = False
    for telling in tellings:
        kept = checked(telling, entry.at)
        must_write(entered, ABOUT[kept.topic].section)
        if kept.corrects is not None and not _is_there(kept.corrects, kept.topic, case):
            raise Refused(Refusal.OTHER_TOPIC)
        row = Fact(id=uuid4(), entry=entry, topic=kept.topic, own_words=kept.own_words, corrects_id=kept.corrects)
        add(row, case, answer=" ".join((kept.said, *sorted(kept.codes))), words=kept.words)
        timed = timed or kept.topic is Topic.TIME
    if timed:
        _time(case)


def _is_there(fact: UUID, topic: Topic, case: Case) -> bool:
    return Fact.objects.filter(pk=fact, case=case, topic=topic).exists()


def _time(case: Case) -> None:
    """Let the clocks go by all accounts of the time that stand."""
    rows = Fact.objects.filter(case=case, topic=Topic.TIME).select_related("entry")
    found = event(told(inside.heard(row, case) for row in rows))
    case.event_earliest, case.event_latest = found.earliest, found.latest
    case.save(update_fields=["event_earliest", "event_latest"])


# ── The team ─────────────────────────────────────────────────────────────────────────────────────────────────


def seat(case: Case, member: int, role: Role, key: UUID, by: Actor, at: dt.datetime) -> TeamMember:
    """Put a member on the team in a role that they hold at the centre; already there, that seat stands.

    What is worth a second look is a line now, so that it need not be one whenever they open the case. Raises Refused
    for a role that they do not hold.
    """
    if role not in inside.roles_at(member, case.centre_id, at):
        raise Refused(Refusal.NO_POST)
    standing = TeamMember.objects.filter(case=case, member_id=member, role=role, until=None).first()
    if standing is not None:
        raise AlreadyDone(standing)
    row = add(TeamMember(id=key, member_id=member, role=role, since=at), case)
    for alert in sorted(inside.alerts_for(case, member, Way.TEAM)):
        trail.record(f"curious.{alert}", centre=case.centre_id, actor=by.key, target=name_of(row), at=at)
    return row


def source_of(source: Source, case: Case, by: Actor, at: dt.datetime) -> dict[str, Any]:
    """The columns of an entry that say who heard it, when, in which contact. Raises Refused for one who could not."""
    heard_at = happened(source.heard_at, at)
    must_work_here(source.heard_by, case, heard_at)
    heard_by = inside.member_of(by) if source.heard_by is None else source.heard_by
    return {"at": heard_at, "member_id": heard_by, "contact": source.contact}


def draft_of(entered: Entered, note: Note, by: Actor, at: dt.datetime) -> tuple[Case, Note]:
    """The case, and a note that is still its author's draft. Raises Refused for one that is signed, or another's."""
    row = Note.objects.get(pk=note.pk, case=entered.case)
    case = take(entered, Section(row.section), by, at)
    if row.signed_at:
        raise Refused(Refusal.SIGNED)
    if row.author_id != inside.member_of(by):
        raise Refused(Refusal.NOT_YOURS)
    return case, row
