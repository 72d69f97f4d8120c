"""The parts of a case as far as the walls let whoever has opened it, and rows as they are shown.

For `access` alone, in a transaction that it has opened; a part takes as many queries full as empty.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from poukama.cases.inside import Entered, Opened, heard, readable, text_of
from poukama.cases.models import (
    Addendum,
    BrokenGlass,
    Case,
    Entry,
    Fact,
    Note,
    OfCase,
    Presence,
    Task,
    TeamMember,
    Visit,
)
from poukama.cases.need import GlassReason, Verdict, review_by
from poukama.cases.rules import Arising, EntryKind, Kind, Present, Title, Whereto, is_late
from poukama.cases.shown import (
    AddendumShown,
    GlassShown,
    Line,
    NoteShown,
    Row,
    SeatShown,
    TaskShown,
    There,
    Told,
    VisitShown,
)
from poukama.cases.told import ABOUT, Topic, told
from poukama.cases.told import Fact as Heard
from poukama.cases.walls import Reach, Section, reads_note, sections
from poukama.clients import kept, sealed
from poukama.clients.models import IdentityEntry
from poukama.clients.shown import Hit
from poukama.staff.rules import Role

R = TypeVar("R", bound=OfCase)
# Of what one form wrote at one moment, what is read first: a case is opened before anything is told in it.
_FIRST = {kind: place for place, kind in enumerate((EntryKind.OPENED, EntryKind.CONTACT, EntryKind.ARRIVED))}

# ── Lists ────────────────────────────────────────────────────────────────────────────────────────────────────


def listed(cases: Iterable[Case], *, on_duty: bool) -> tuple[Row, ...]:
    """Rows of a list, annotated as `access` asks for them; one query, however many."""
    named = {case.pk: case.client_id for case in cases if _let_in(case, on_duty=on_duty)}
    newest = kept.newest_of(IdentityEntry, named.values())
    called = {row.client_id: sealed.readable(row, "called") for row in newest}
    return tuple(_row(case, code_of(case), called.get(case.client_id, ""), let_in=case.pk in named) for case in cases)


def found(cases: Iterable[Case], hits: Iterable[Hit], *, on_duty: bool) -> tuple[Row, ...]:
    """Rows of a search, in the order found; what was opened to find them is not opened once more."""
    of = {case.client_id: case for case in cases}
    rows = [(of[hit.client], hit) for hit in hits if hit.client in of]
    return tuple(_row(case, hit.code, hit.called, let_in=_let_in(case, on_duty=on_duty)) for case, hit in rows)


def _let_in(case: Case, *, on_duty: bool) -> bool:
    return on_duty or vars(case)["let_in"] is not None


def _row(case: Case, code: str, called: str, *, let_in: bool) -> Row:
    """A row; the name only of a case that is open to whoever asks."""
    return Row(
        id=case.pk,
        code=code,
        called=called if let_in else "",
        kind=Kind(case.kind),
        state=case.state,
        opened_at=case.opened_at,
        here=vars(case)["here"],
        let_in=let_in,
    )


def code_of(case: Case) -> str:
    """The code of a case, which is its client's."""
    return sealed.readable(case.client, "code")


def zone_of(case: Case) -> ZoneInfo:
    """The zone of the clock on a case's centre's wall."""
    return ZoneInfo(case.centre.time_zone)


# ── The parts of a case ──────────────────────────────────────────────────────────────────────────────────────


def facts(opened: Opened) -> Told:
    """What has been told, and of what lies behind a wall no more than the section."""
    rows = [(row, ABOUT[Topic(row.topic)].section) for row in _of(Fact, opened).select_related("entry")]
    shown = [_heard(row, opened) for row, section in rows if opened.reach[section] >= Reach.READS]
    return Told(told(shown), frozenset(section for _, section in rows if opened.reach[section] is Reach.KNOWS))


def timeline(opened: Opened, known: Told) -> tuple[Line, ...]:
    """The timeline, the oldest first; an entry of something told says which topics that may be read."""
    topics: dict[UUID, tuple[Topic, ...]] = {}
    for topic in (each for each in Topic if each in known.picture):
        for entry in sorted({account.fact.entry for account in known.picture[topic]}):
            topics[entry] = (*topics.get(entry, ()), topic)
    rows = _known(_of(Entry, opened), opened).select_related("member").order_by("at", "written_at", "pk")
    in_order = sorted(rows, key=lambda row: (row.at, row.written_at, _FIRST.get(EntryKind(row.kind), len(_FIRST))))
    return tuple(_line(row, opened, topics.get(row.pk, ())) for row in in_order)


def tasks(opened: Opened, *, done: bool) -> tuple[TaskShown, ...]:
    """What is to be done, by when it is due; or what is done."""
    rows = _known(_of(Task, opened), opened).filter(done_at__isnull=not done).select_related("member", "done_by")
    return tuple(_task(row, opened) for row in rows.order_by("due", "added_at", "pk"))


def visits(opened: Opened) -> tuple[VisitShown, ...]:
    """The visits, the newest first, for whoever may read who it is about."""
    if opened.reach[Section.IDENTITY] < Reach.READS:
        return ()
    there: dict[UUID, list[Presence]] = {}
    for row in _of(Presence, opened).select_related("member").order_by("since", "pk"):
        there.setdefault(row.visit_id, []).append(row)
    rows = _of(Visit, opened).order_by("-arrived_at", "-pk")
    return tuple(_visit(row, opened, there.get(row.pk, [])) for row in rows)


def notes(opened: Opened) -> tuple[NoteShown, ...]:
    """The notes, the newest first: drafts to their author, and of a private one to others no more than that it is."""
    addenda: dict[UUID, list[Addendum]] = {}
    for row in _of(Addendum, opened).select_related("author").order_by("at", "pk"):
        addenda.setdefault(row.note_id, []).append(row)
    rows = _known(_of(Note, opened), opened).filter(Q(signed_at__isnull=False) | Q(author_id=opened.member))
    rows = rows.select_related("author").order_by("-begun_at", "-pk")
    return tuple(_note(row, opened, addenda.get(row.pk, [])) for row in rows)


def team(entered: Entered) -> tuple[SeatShown, ...]:
    """Who is on the team now, by name."""
    rows = _of(TeamMember, entered).filter(until=None).select_related("member").order_by("member__name", "role")
    return tuple(SeatShown(row.pk, row.member_id, row.member.name, Role(row.role), row.since) for row in rows)


def glasses(opened: Opened) -> tuple[GlassShown, ...]:
    """Who has broken the glass of this case, the newest first."""
    rows = _of(BrokenGlass, opened).select_related("member").order_by("-broken_at", "pk")
    return tuple(glass(row, opened.case, opened.hide) for row in rows)


def _of(kind: type[R], entered: Entered) -> QuerySet[R]:
    return kind._default_manager.filter(case=entered.case)


def _known(rows: QuerySet[R], opened: Opened) -> QuerySet[R]:
    return rows.filter(section__in=sections(opened.reach, Reach.KNOWS))


# ── Rows ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _line(row: Entry, opened: Opened, topics: tuple[Topic, ...]) -> Line:
    """A line of the timeline, told of these topics."""
    return Line(
        id=row.pk,
        kind=EntryKind(row.kind),
        section=Section(row.section),
        at=row.at,
        written_at=row.written_at,
        name=row.member.name,
        contact=row.contact,
        corrects=row.corrects_id,
        reason=row.reason,
        words=_words(row, opened),
        topics=topics,
    )


def _task(row: Task, opened: Opened) -> TaskShown:
    """A task."""
    return TaskShown(
        id=row.pk,
        section=Section(row.section),
        title=Title(row.title),
        words=_words(row, opened),
        turn=row.member.name if row.member else Role(row.role),
        due=row.due,
        late=is_late(row.due, row.done_at, opened.at),
        arising=Arising(row.arising),
        done_at=row.done_at,
        done_by=row.done_by.name if row.done_by else "",
    )


def _words(row: Entry | Task, opened: Opened) -> str | None:
    return _shown(row, opened) if opened.reach[Section(row.section)] >= Reach.READS else None


def _shown(row: OfCase, opened: Opened) -> str:
    return opened.hide(text_of(row, opened.case))


def _heard(row: Fact, opened: Opened) -> Heard:
    """A fact as it was told."""
    told_of = heard(row, opened.case)
    return replace(told_of, telling=replace(told_of.telling, words=opened.hide(told_of.telling.words)))


def _visit(row: Visit, opened: Opened, there: list[Presence]) -> VisitShown:
    """A visit, with those who were there."""
    return VisitShown(
        id=row.pk,
        arrived_at=row.arrived_at,
        room=row.room,
        departed_at=row.departed_at,
        whereto=Whereto(row.whereto),
        words=_shown(row, opened),
        there=tuple(
            There(Present(each.who), each.member.name if each.member else _shown(each, opened)) for each in there
        ),
    )


def _note(row: Note, opened: Opened, addenda: list[Addendum]) -> NoteShown:
    """A note with what was added to it; of one that is not read, no more than that it is there."""
    mine = row.author_id == opened.member
    # A draft is still being written: what would be hidden in it would be lost.
    say = _shown if row.signed_at else _typed
    read = reads_note(opened.reach[Section(row.section)], private=row.private, own=mine)
    return NoteShown(
        id=row.pk,
        section=Section(row.section),
        name=row.author.name,
        private=row.private,
        mine=mine,
        asked=row.asked,
        begun_at=row.begun_at,
        saved_at=row.saved_at,
        saves=row.saves,
        signed_at=row.signed_at,
        words=say(row, opened) if read else None,
        addenda=tuple(AddendumShown(each.author.name, each.at, _shown(each, opened)) for each in addenda if read),
    )


def _typed(row: Note, opened: Opened) -> str:
    return text_of(row, opened.case)


def glass(row: BrokenGlass, case: Case, hide: kept.Hide) -> GlassShown:
    """A broken glass, with the words of whoever broke it."""
    return GlassShown(
        id=row.pk,
        case=case.pk,
        member=row.member_id,
        name=row.member.name,
        reason=GlassReason(row.reason),
        words=hide(readable(row, case)),
        broken_at=row.broken_at,
        ends=row.ends,
        review_by=review_by(row.broken_at, zone_of(case)),
        same_surname=row.same_surname,
        colleague=row.colleague,
        verdict=Verdict(row.verdict) if row.verdict else None,
    )
