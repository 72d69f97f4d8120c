"""Reading the trail: who did what, when, about which record; for the privacy officer, and for the client who asks.

Each reading is itself a line. Nothing is counted; a page goes on from the number of the last line of the one before.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet

from poukama.audit import trail
from poukama.audit.models import SECOND_LOOK, AuditEvent
from poukama.cases import inside, reading
from poukama.cases.inside import Opened
from poukama.cases.models import BrokenGlass, Case, Entry, OfCase
from poukama.cases.need import GlassReason, Purpose
from poukama.cases.walls import Reach
from poukama.centres.models import Centre
from poukama.clients import kept
from poukama.clients.identity import Key, Place, sought
from poukama.clients.models import Client, SearchKey
from poukama.clients.models import Entry as ClientEntry
from poukama.gate.gates import admit, name_of
from poukama.gate.rules import Actor, Permission
from poukama.gate.scope import within
from poukama.staff.models import Member
from poukama.staff.rules import key_of

# The most lines at once, and of those worth a second look.
PAGE = 50
FIRST = 10
# How far back the client's own list goes by itself; longer is asked for. The default of the issue that asked for it.
BACK = dt.timedelta(days=2 * 365)
_READ_FOR = "case.read_for_"
# It says of a line that it is worth a second look; that line is there too.
_MARKS = "curious."
_CONTACTS = "helpline.contact"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines: from and up to a moment, of one member, about one case, before a number. None asks for all."""

    since: dt.datetime | None = None
    until: dt.datetime | None = None
    member: int | None = None
    case: UUID | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """A line as it is read. `name` is empty for what is no member; `code` is there for whoever is let into the case."""

    number: int
    at: dt.datetime
    event: str
    actor: str
    name: str
    target: str
    case: UUID | None
    code: str
    purpose: Purpose | None
    count: int | None


@dataclass(frozen=True, slots=True)
class TrailPage:
    """A page of lines, the newest first; before which number the next goes on, if there are more; and the members."""

    lines: tuple[Looked, ...]
    second_look: tuple[Looked, ...]
    before: int | None
    members: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line of the client's own list: somebody doing one thing on one day, so many times from `first` to `last`."""

    name: str
    event: str
    first: dt.datetime
    last: dt.datetime
    times: int
    purpose: Purpose | None
    reason: GlassReason | None


# ── For the privacy officer ──────────────────────────────────────────────────────────────────────────────────


def trail_page(centre: Centre, asked: Asked, *, by: Actor, at: dt.datetime, on_duty: bool = False) -> TrailPage:
    """A page of a centre's trail; what is worth a second look stands on top of the first."""
    admit(by, Permission.TRAIL_READ, centre=centre.pk)
    with within(centre.pk):
        rows = list(_asked(centre.pk, asked)[: PAGE + 1])
        first = [] if asked.before else list(_asked(centre.pk, asked).filter(SECOND_LOOK)[:FIRST])
        shown = {row.number: row for row in (*first, *rows[:PAGE])}
        told = _told(centre, list(shown.values()), by, at, on_duty=on_duty)
        members = Member.objects.filter(posts__centre=centre).distinct().order_by("name").values_list("pk", "name")
        page = TrailPage(
            lines=tuple(told[row.number] for row in rows[:PAGE]),
            second_look=tuple(told[row.number] for row in first),
            before=rows[PAGE - 1].number if len(rows) > PAGE else None,
            members=tuple(members),
        )
        trail.record("trail.read", centre=centre.pk, actor=by.key, target=name_of(centre), at=at)
    return page


def case_named(centre: Centre, text: str, *, by: Actor) -> UUID | None:
    """The key of the case that a code or a key names, if there is one; nothing of it is read."""
    admit(by, Permission.TRAIL_READ, centre=centre.pk)
    with within(centre.pk):
        cases = Case.objects.filter(centre=centre)
        codes = [key for key in sought(text, centre.country).exact if key.place is Place.CODE]
        blind = [kept.blind(Key(Place.CODE, key.text), centre.pk) for key in codes]
        of = SearchKey.objects.filter(centre=centre, place=Place.CODE, blind__in=blind).values("client")
        key = _uuid(text)
        found = cases.filter(pk=key) if key else cases.filter(client__in=of)
        return found.values_list("pk", flat=True).first()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def _asked(centre: int, asked: Asked) -> QuerySet[AuditEvent]:
    """The lines asked for, the newest first: by the index on when, on who or on what."""
    rows = AuditEvent.objects.filter(centre_id=centre)
    if asked.since:
        rows = rows.filter(at__gte=asked.since)
    if asked.until:
        rows = rows.filter(at__lt=asked.until)
    if asked.member is not None:
        rows = rows.filter(actor=key_of(asked.member))
    if asked.case:
        rows = rows.filter(target__in=list(_targets(asked.case)))
    last = AuditEvent.objects.filter(centre_id=centre, number=asked.before).first() if asked.before else None
    if last is not None:
        # The first half is what the index can begin at; the rest is for lines of one moment.
        rows = rows.filter(Q(at__lt=last.at) | Q(number__lt=last.number), at__lte=last.at)
    return rows.order_by("-at", "-number")


def _told(centre: Centre, rows: list[AuditEvent], by: Actor, at: dt.datetime, *, on_duty: bool) -> dict[int, Looked]:
    names, cases = _names(rows), _cases(rows)
    codes = _codes(centre, cases.values(), by, at, on_duty=on_duty)
    return {
        row.number: Looked(
            number=row.number,
            at=row.at,
            event=row.event,
            actor=row.actor,
            name=names.get(row.actor, ""),
            target=row.target,
            case=cases.get(row.target),
            code=codes.get(cases.get(row.target), ""),
            purpose=_purpose(row.event),
            count=row.count,
        )
        for row in rows
    }


def _names(rows: Iterable[AuditEvent]) -> dict[str, str]:
    """The names that members have now, by what the trail calls them."""
    numbers = {row.actor.removeprefix(key_of("")) for row in rows if row.actor.startswith(key_of(""))}
    found = Member.objects.filter(pk__in=[int(number) for number in numbers]).values_list("pk", "name")
    return {key_of(number): name for number, name in found}


def _purpose(event: str) -> Purpose | None:
    return Purpose(event.removeprefix(_READ_FOR)) if event.startswith(_READ_FOR) else None


def codes_of(
    centre: Centre, cases: Iterable[UUID], *, by: Actor, at: dt.datetime, on_duty: bool = False
) -> dict[UUID | None, str]:
    """The codes of those of these cases that are open to whoever reads: to lead them there. The others have none."""
    admit(by, Permission.CASE_REVIEW, centre=centre.pk)
    with within(centre.pk):
        return _codes(centre, cases, by, at, on_duty=on_duty)


def _codes(
    centre: Centre, cases: Iterable[UUID], by: Actor, at: dt.datetime, *, on_duty: bool
) -> dict[UUID | None, str]:
    """The codes of those of these cases that are open to whoever reads."""
    if not by.may(Permission.CASE_READ, centre=centre.pk):
        return {}
    found = Case.objects.filter(pk__in=set(cases), centre=centre).exclude(client__in=kept.shut_to(by))
    mine = found if on_duty else found.filter(inside.let_in(inside.member_of(by), at))
    return {case.pk: reading.code_of(case) for case in mine.select_related("client")}


# ── Which rows are a case's ──────────────────────────────────────────────────────────────────────────────────


def _kinds() -> Iterator[tuple[type[Model], str]]:
    """Every table whose rows are a case's or its client's, in whatever room, with the column that says whose.

    A case and its client bear one key.
    """
    yield Case, "id"
    yield Client, "id"
    yield from ((kind, "case_id") for kind in OfCase.__subclasses__())
    yield from ((kind, "client_id") for kind in ClientEntry.__subclasses__())


def _targets(case: UUID) -> Iterator[str]:
    """What the trail calls each row of a case, of its client, and of the contacts that were attached to it."""
    for kind, column in _kinds():
        for key in kind._default_manager.filter(**{column: case}).values_list("pk", flat=True):
            yield f"{kind._meta.label_lower}:{key}"
    contacts = Entry.objects.filter(case=case, contact__isnull=False).values_list("contact", flat=True)
    yield from (f"{_CONTACTS}:{contact}" for contact in contacts.distinct())


def _cases(rows: Iterable[AuditEvent]) -> dict[str, UUID]:
    """Of which case the rows are that these lines are about; one query for each kind that is among them."""
    keys: dict[str, set[str]] = {}
    for row in rows:
        label, _, key = row.target.partition(":")
        keys.setdefault(label, set()).add(key)
    found = {}
    for kind, column in _kinds():
        label = kind._meta.label_lower
        if label in keys:
            for key, case in kind._default_manager.filter(pk__in=keys[label]).values_list("pk", column):
                found[f"{label}:{key}"] = case
    return found


# ── For the client ───────────────────────────────────────────────────────────────────────────────────────────


def own_list(opened: Opened, *, since: dt.datetime, by: Actor, at: dt.datetime) -> tuple[OwnLine, ...]:
    """Who has looked at a case or written in it since a moment, the newest first: for the client who asks.

    Raises PermissionDenied to whoever does not know of every section: the list names all who wrote.
    """
    admit(by, Permission.CASE_READ, centre=opened.centre_id)
    if min(opened.reach.values()) < Reach.KNOWS:
        raise PermissionDenied
    case, zone = opened.case, reading.zone_of(opened.case)
    with within(opened.centre_id):
        rows = list(_asked(opened.centre_id, Asked(since=since, case=case.pk)).exclude(event__startswith=_MARKS))
        names = _names(rows)
        glasses = {f"cases.brokenglass:{row.pk}": GlassReason(row.reason) for row in _glasses(case)}
        found: dict[tuple[object, ...], OwnLine] = {}
        for row in rows:
            day = row.at.astimezone(zone).date()
            reason = glasses.get(row.target) if row.event == "glass.broken" else None
            known = found.get(key := (day, row.actor, row.event, reason))
            found[key] = OwnLine(
                name=names.get(row.actor, ""),
                event=row.event,
                first=row.at,
                last=known.last if known else row.at,
                times=known.times + 1 if known else 1,
                purpose=_purpose(row.event),
                reason=reason,
            )
        trail.record("case.looked_up", centre=case.centre_id, actor=by.key, target=name_of(case), at=at)
    return tuple(found.values())


def _glasses(case: Case) -> QuerySet[BrokenGlass]:
    return BrokenGlass.objects.filter(case=case)
