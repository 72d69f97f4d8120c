"""Reading cases: the list, the search, one case opened for a purpose, and its parts as far as the walls let them be.

A part is read of a case that was opened, and opening is a line in the centre's trail. A case of another centre, or of
a client who has shut out whoever asks, does not exist (Http404); one that is not open to them raises NotLetIn.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from poukama.audit import trail
from poukama.cases import inside, reading, today
from poukama.cases.inside import Entered, NotLetIn, Opened
from poukama.cases.models import BrokenGlass, Case, Entry, Fact, Note, OfCase, Task, TeamMember, Visit
from poukama.cases.need import Purpose
from poukama.cases.rules import Listing, Ref
from poukama.cases.shown import Board, GlassShown, Line, NoteShown, Page, SeatShown, TaskShown, Told, VisitShown
from poukama.cases.told import Fact as Heard
from poukama.cases.walls import Reach, Standpoint, sections, view
from poukama.centres.models import Centre
from poukama.clients import access as clients
from poukama.clients import kept
from poukama.clients.models import Client
from poukama.gate.gates import AtCentre, admit, name_of
from poukama.gate.rules import Actor, Permission
from poukama.gate.scope import within
from poukama.staff.models import Member
from poukama.staff.rules import Role

# The most rows of a list at once.
PAGE = 25
R = TypeVar("R", bound=OfCase)


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case as whoever opened it may read it; of the notes what the timeline says."""

    opened: Opened
    told: Told
    timeline: tuple[Line, ...]
    tasks: tuple[TaskShown, ...]
    visits: tuple[VisitShown, ...]
    team: tuple[SeatShown, ...]


# ── Finding ──────────────────────────────────────────────────────────────────────────────────────────────────


def find(record: UUID, centres: Iterable[AtCentre], *, by: Actor) -> Ref:
    """Which of these centres has this case; nothing of it is read, so there is no line. Raises Http404."""
    for centre in _reads_at(centres, by):
        with within(centre):
            if Case.objects.filter(pk=record, centre_id=centre).exclude(client__in=kept.shut_to(by)).exists():
                return Ref(centre, record)
    raise Http404


def ref_of(record: UUID, centres: Iterable[AtCentre], *, by: Actor) -> Ref:
    """The same for whoever reads or acts next, which asks again: with one centre there is no query. Raises Http404."""
    mine = _reads_at(centres, by)
    return Ref(mine[0], record) if len(mine) == 1 else find(record, centres, by=by)


def _reads_at(centres: Iterable[AtCentre], by: Actor) -> list[int]:
    return [each.centre_id for each in centres if by.may(Permission.CASE_READ, centre=each.centre_id)]


def case_list(
    centre: Centre,
    *,
    by: Actor,
    at: dt.datetime,
    listing: Listing = Listing.OPEN,
    after: tuple[dt.datetime, UUID] | None = None,
    on_duty: bool = False,
) -> Page:
    """A page of a centre's cases, the newest first; the next begins after the key of the last. Nothing is counted."""
    admit(by, Permission.CASE_READ, centre=centre.pk)
    member = inside.member_of(by)
    with within(centre.pk):
        found = _rows(Case.objects.filter(centre=centre).exclude(client__in=kept.shut_to(by)), member, at)
        found = found.filter(_listed(listing, inside.roles_at(member, centre.pk, at), member))
        if after is not None:
            opened_at, record = after
            # The first half is what the index can begin at; the rest is for cases of one moment.
            same = Q(opened_at__lt=opened_at) | Q(pk__lt=record)
            found = found.filter(same, opened_at__lte=opened_at)
        cases = list(found.order_by("-opened_at", "-pk")[: PAGE + 1])
        rows = reading.listed(cases[:PAGE], on_duty=on_duty)
        trail.record("cases.listed", centre=centre.pk, actor=by.key, target=name_of(centre), at=at)
    last = cases[PAGE - 1] if len(cases) > PAGE else None
    return Page(rows, (last.opened_at, last.pk) if last else None)


def search(centre: Centre, text: str, *, by: Actor, at: dt.datetime, on_duty: bool = False) -> Page:
    """The cases that a code, a name or a number finds, the least of each, in the order found.

    Finding the clients is the line of it; a case that is opened then is another.
    """
    admit(by, Permission.CASE_READ, centre=centre.pk)
    member = inside.member_of(by)
    found = clients.find(centre, text, by=by, at=at)
    hits = [hit.client for hit in found.hits]
    with within(centre.pk):
        cases = list(_rows(Case.objects.filter(centre=centre, client__in=hits), member, at))
    return Page(reading.found(cases, found.hits, on_duty=on_duty), None, found.more)


def codes(centre: AtCentre, cases: Iterable[UUID], *, by: Actor) -> dict[UUID, str]:
    """The codes of these cases, for a list that has a line of its own; of none that does not exist for whoever asks."""
    admit(by, Permission.CASE_READ, centre=centre.centre_id)
    with within(centre.centre_id):
        found = Case.objects.filter(pk__in=set(cases), centre_id=centre.centre_id)
        return {
            case.pk: reading.code_of(case)
            for case in found.exclude(client__in=kept.shut_to(by)).select_related("client")
        }


def _listed(listing: Listing, roles: frozenset[Role], member: int) -> Q:
    waiting = Task.objects.filter(Q(member_id=member) | Q(role__in=roles), case=OuterRef("pk"), done_at=None)
    found = {
        Listing.OPEN: Q(closed_at=None),
        Listing.MINE: Q(let_in__isnull=False, closed_at=None),
        Listing.WAITING: Q(Exists(waiting), closed_at=None),
        Listing.CLOSED: Q(closed_at__isnull=False),
    }
    return found[listing]


def _rows(found: QuerySet[Case], member: int, at: dt.datetime) -> QuerySet[Case]:
    here = Visit.objects.filter(case=OuterRef("pk"), departed_at=None)
    # `inside.enter` but for duty, asked row by row. As EXISTS it would be all cases of a member, over all the years.
    ways = [rows.filter(case=OuterRef("pk")).values("pk")[:1] for rows in inside.ways_in(member, at)]
    let_in = Coalesce(*(Subquery(way) for way in ways))
    return found.select_related("client").annotate(here=Exists(here), let_in=let_in)


# ── One case ─────────────────────────────────────────────────────────────────────────────────────────────────


def enter(ref: Ref, *, by: Actor, at: dt.datetime, on_duty: bool = False) -> Entered:
    """Into a case to do something in it; nothing of it is read, so there is no line. Raises Http404, NotLetIn."""
    admit(by, Permission.CASE_READ, centre=ref.centre_id)
    with within(ref.centre_id):
        return inside.enter(ref, by, at, on_duty=on_duty)


def open_case(ref: Ref, *, purpose: Purpose, by: Actor, at: dt.datetime, on_duty: bool = False) -> Opened:
    """Open a case to read its parts. Raises Http404, or NotLetIn to whoever must break the glass: that is a line too.

    What is worth a second look is a line of its own for each alert.
    """
    with _opening(ref, purpose, by, at, on_duty=on_duty) as opened:
        pass
    return opened


def case_page(ref: Ref, *, purpose: Purpose, by: Actor, at: dt.datetime, on_duty: bool = False) -> CasePage:
    """Open a case and read its page at once: one transaction, one line. Raises as `open_case` does."""
    with _opening(ref, purpose, by, at, on_duty=on_duty) as opened:
        known = reading.facts(opened)
        return CasePage(
            opened=opened,
            told=known,
            timeline=reading.timeline(opened, known),
            tasks=reading.tasks(opened, done=False),
            visits=reading.visits(opened),
            team=reading.team(opened),
        )


@contextmanager
def _opening(ref: Ref, purpose: Purpose, by: Actor, at: dt.datetime, *, on_duty: bool) -> Iterator[Opened]:
    admit(by, Permission.CASE_READ, centre=ref.centre_id)
    refused: NotLetIn | None = None
    with within(ref.centre_id):
        try:
            opened = inside.opened(inside.enter(ref, by, at, on_duty=on_duty))
        except NotLetIn as no:
            refused = no
            _line("case.refused", ref, by, at)
        else:
            yield opened
            for alert in sorted(opened.alerts):
                _line(f"curious.{alert}", ref, by, at)
            _line(f"case.read_for_{purpose}", ref, by, at)
    if refused is not None:
        # Out here, so that the line stays.
        raise refused


def _line(event: str, ref: Ref, by: Actor, at: dt.datetime) -> None:
    target = name_of(Case(pk=ref.id, centre_id=ref.centre_id))
    trail.record(event, centre=ref.centre_id, actor=by.key, target=target, at=at)


def facts(opened: Opened) -> Told:
    """What has been told, but for what lies behind a wall; of that no more than the section."""
    with within(opened.centre_id):
        return reading.facts(opened)


def timeline(opened: Opened) -> tuple[Line, ...]:
    """The timeline, the oldest first. Behind a wall an entry is there without words, or is not there at all."""
    with within(opened.centre_id):
        return reading.timeline(opened, reading.facts(opened))


def tasks(opened: Opened, *, done: bool = False) -> tuple[TaskShown, ...]:
    """What is to be done, by when it is due; or what is done."""
    with within(opened.centre_id):
        return reading.tasks(opened, done=done)


def visits(opened: Opened) -> tuple[VisitShown, ...]:
    """The visits, the newest first, for whoever may read who it is about."""
    with within(opened.centre_id):
        return reading.visits(opened)


def notes(opened: Opened) -> tuple[NoteShown, ...]:
    """The notes, the newest first: drafts to their author, and of a private one to others no more than that it is."""
    with within(opened.centre_id):
        return reading.notes(opened)


def team(entered: Entered) -> tuple[SeatShown, ...]:
    """Who is on the team now, by name: that is said of staff, also to choose from."""
    with within(entered.centre_id):
        return reading.team(entered)


def names(opened: Opened) -> dict[int, str]:
    """The names of all who work or have worked at the centre: of whoever heard something, or is shut out."""
    with within(opened.centre_id):
        rows = Member.objects.filter(posts__centre_id=opened.centre_id).distinct()
        return dict(rows.order_by("name", "pk").values_list("pk", "name"))


def glasses(opened: Opened) -> tuple[GlassShown, ...]:
    """Who has broken the glass of this case, when and why: it is shown to the client too."""
    with within(opened.centre_id):
        return reading.glasses(opened)


# ── Today ────────────────────────────────────────────────────────────────────────────────────────────────────


def board(centre: Centre, *, week_ends: dt.datetime, by: Actor, at: dt.datetime) -> Board:
    """What the open cases ask of today, by codes: who is here, what waits for us, who is followed up this week.

    No name and no word of a case is opened; a task behind a wall is not there.
    """
    admit(by, Permission.CASE_READ, centre=centre.pk)
    member = inside.member_of(by)
    with within(centre.pk):
        reach = view(Standpoint(inside.roles_at(member, centre.pk, at)))
        look = today.Look(centre.pk, kept.shut_to(by), reach, at)
        may_review = by.may(Permission.CASE_REVIEW, centre=centre.pk)
        found = today.board(look, week_ends, centre.zone, reviews=may_review)
        trail.record("board.read", centre=centre.pk, actor=by.key, target=name_of(centre), at=at)
    return found


# ── Broken glasses of a centre ───────────────────────────────────────────────────────────────────────────────


def review_queue(centre: Centre, *, by: Actor, at: dt.datetime) -> tuple[GlassShown, ...]:
    """The broken glasses of a centre that nobody else has looked at, the one that is due first on top."""
    admit(by, Permission.CASE_REVIEW, centre=centre.pk)
    with within(centre.pk):
        waiting = BrokenGlass.objects.filter(centre=centre, reviewed_at=None)
        waiting = waiting.exclude(case__client__in=kept.shut_to(by))
        rows = list(waiting.select_related("member", "case__centre", "case__client").order_by("broken_at", "pk"))
        hide = kept.hiding_each(row.case.client for row in rows)
        found = tuple(reading.glass(row, row.case, hide[row.case.client_id]) for row in rows)
        trail.record("glasses.listed", centre=centre.pk, actor=by.key, target=name_of(centre), at=at)
    return found


def glass(centre: Centre, record: UUID, *, by: Actor) -> BrokenGlass:
    """A broken glass, to be reviewed. Raises Http404."""
    admit(by, Permission.CASE_REVIEW, centre=centre.pk)
    with within(centre.pk):
        rows = BrokenGlass.objects.filter(centre=centre, pk=record).exclude(case__client__in=kept.shut_to(by))
        return _there(rows.select_related("case").first())


# ── The end of a case ────────────────────────────────────────────────────────────────────────────────────────


def client_to_destroy(record: UUID, centres: Iterable[AtCentre], *, by: Actor) -> Client:
    """The client of a case in one of these centres, for whoever may destroy records; nothing is read. Raises Http404.

    Whom the client has shut out does not matter: nobody sees anything.
    """
    for each in centres:
        if by.may(Permission.RECORD_DESTROY, centre=each.centre_id):
            with within(each.centre_id):
                case = Case.objects.filter(pk=record, centre_id=each.centre_id).select_related("client__centre").first()
            if case is not None:
                return case.client
    raise Http404


# ── Rows to act on ───────────────────────────────────────────────────────────────────────────────────────────


def fact(entered: Entered, record: UUID) -> Heard:
    """Something told in this case, to be corrected. Raises Http404."""
    with within(entered.centre_id):
        row = Fact.objects.filter(case=entered.case, pk=record).select_related("entry").first()
        return inside.heard(_there(row), entered.case)


def entry(entered: Entered, record: UUID) -> Entry:
    """A line of this case's timeline. Raises Http404."""
    return _of(Entry, entered, record)


def visit(entered: Entered, record: UUID) -> Visit:
    """A visit of this case. Raises Http404."""
    return _of(Visit, entered, record)


def task(entered: Entered, record: UUID) -> Task:
    """A task of this case. Raises Http404."""
    return _of(Task, entered, record)


def note(entered: Entered, record: UUID) -> Note:
    """A note of this case that whoever is here knows of: no draft of another's. Raises Http404."""
    mine = Q(signed_at__isnull=False) | Q(author_id=entered.member)
    with within(entered.centre_id):
        known = Note.objects.filter(mine, section__in=sections(entered.reach, Reach.KNOWS))
        return _there(known.filter(case=entered.case, pk=record).first())


def seat(entered: Entered, record: UUID) -> TeamMember:
    """A place on this case's team. Raises Http404."""
    return _of(TeamMember, entered, record)


def _of(kind: type[R], entered: Entered, record: UUID) -> R:
    with within(entered.centre_id):
        return _there(kind._default_manager.filter(case=entered.case, pk=record).first())


def _there(row: R | None) -> R:
    if row is None:
        raise Http404
    return row
