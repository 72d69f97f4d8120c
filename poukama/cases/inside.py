"""Inside a case: who is let in and by what, as far as which walls, and the opening and sealing of words.

For this room's `access` and `actions`, in a transaction that a gate has opened.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from poukama.cases.models import BrokenGlass, Case, Crossing, Fact, OfCase, TeamMember
from poukama.cases.need import Alert, Glass, Look, Seat, Way, alerts, glass_ends, ways
from poukama.cases.rules import Ref
from poukama.cases.told import Fact as Heard
from poukama.cases.told import Said, Telling, Topic
from poukama.cases.walls import Reach, Section, Standpoint, view
from poukama.clients import kept
from poukama.clients.identity import Identity, Key, Place, keys_of, plain
from poukama.clients.models import IdentityEntry, SearchKey
from poukama.core import vault
from poukama.gate.rules import Actor
from poukama.staff import access as staff
from poukama.staff.models import Member, Post
from poukama.staff.rules import Role


class NotLetIn(Exception):
    """The case is there, and not open to whoever asks: they may break the glass."""

    def __init__(self, ref: Ref) -> None:
        super().__init__()
        self.ref = ref


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody inside a case at a moment: by which way, until when if that ends, and how far into each section.

    It says what may be done; to read, the case is opened.
    """

    case: Case
    member: int
    way: Way
    until: dt.datetime | None
    reach: Mapping[Section, Reach]
    at: dt.datetime

    @property
    def centre_id(self) -> int:
        """The case's."""
        return self.case.centre_id


@dataclass(frozen=True, slots=True)
class Opened(Entered):
    """Somebody inside a case who has opened it for a purpose: a line of the trail says so.

    Every text that is shown goes through `hide`, so that nobody reads in it where a protected client is.
    """

    alerts: frozenset[Alert] = frozenset()
    hide: kept.Hide = str


# ── Who is let in ────────────────────────────────────────────────────────────────────────────────────────────

member_of = staff.member_of


def case_of(ref: Ref, by: Actor, *, held: bool = False) -> Case:
    """The row of a case, `held` until the transaction ends. Raises Http404 also for a client shut to whoever asks."""
    found = Case.objects.filter(pk=ref.id, centre_id=ref.centre_id).exclude(client__in=kept.shut_to(by))
    found = found.select_for_update(no_key=True, of=("self",)) if held else found
    newest = Crossing.objects.filter(case=OuterRef("pk")).order_by("-at", "-pk")
    who = IdentityEntry.objects.filter(client=OuterRef("client")).order_by("-id")
    found = found.annotate(joined=Subquery(newest.values("allowed")[:1]), shielded=Subquery(who.values("shielded")[:1]))
    row = found.select_related("centre", "client__centre").first()
    if row is None:
        raise Http404
    return row


def enter(ref: Ref, by: Actor, at: dt.datetime, *, on_duty: bool) -> Entered:
    """Into a case by the first way that is open. Raises Http404, NotLetIn."""
    case, member = case_of(ref, by), member_of(by)
    rows = TeamMember.objects.filter(case=case, member_id=member)
    seats = [(Role(row.role), Seat(row.since, row.until)) for row in rows]
    held = frozenset(role for role, seat in seats if seat.held_at(at))
    # A glass lets in whoever nothing else does, so it is not looked for before that.
    glasses = [] if held or on_duty else _glasses(case, member)
    found = ways([seat for _, seat in seats], glasses, at, on_duty=on_duty)
    if not found:
        raise NotLetIn(ref)
    posts = roles_at(member, ref.centre_id, at)
    standpoint = Standpoint(
        roles=posts & held if found[0] is Way.TEAM else posts,
        has_been=frozenset(role for role, _ in seats),
        joined=bool(vars(case)["joined"]),
    )
    return Entered(case, member, found[0], glass_ends(glasses, at), view(standpoint), at)


def _glasses(case: Case, member: int) -> list[Glass]:
    return [Glass(row.broken_at) for row in BrokenGlass.objects.filter(case=case, member_id=member)]


def roles_at(member: int, centre: int, at: dt.datetime) -> frozenset[Role]:
    """The roles that a member held at a centre at a moment; a closed member holds none from then on."""
    there = Q(member__closed_at=None) | Q(member__closed_at__gt=at)
    posts = Post.objects.filter(there, member_id=member, centre_id=centre, begins__lte=at)
    return frozenset(Role(role) for role in posts.exclude(ends__lte=at).values_list("role", flat=True))


def let_in(member: int, at: dt.datetime) -> Q:
    """The cases that are open to a member by their team or a glass: `enter` as a filter, but for duty."""
    seats, glasses = ways_in(member, at)
    return Q(pk__in=seats.values("case").union(glasses.values("case")))


def ways_in(member: int, at: dt.datetime) -> tuple[QuerySet[TeamMember], QuerySet[BrokenGlass]]:
    """The seats that a member holds, and their glasses that are broken now."""
    seats = TeamMember.objects.filter(Q(until=None) | Q(until__gt=at), member_id=member, since__lte=at)
    return seats, BrokenGlass.objects.filter(member_id=member, broken_at__lte=at, ends__gt=at)


def alerts_for(case: Case, member: int, way: Way) -> frozenset[Alert]:
    """What is worth a second look when this member opens this case: names are compared blind."""
    centre = case.centre_id
    names = dict(Member.objects.filter(posts__centre_id=centre).distinct().values_list("pk", "name"))
    surnames = [kept.blind(key, centre) for key in _surname(names.get(member, ""), case.centre.country)]
    whole = [kept.blind(Key(Place.NAME, plain(name)), centre) for name in names.values()]
    same = SearchKey.objects.filter(client_id=case.client_id, blind__in=[*surnames, *whole])
    found = [(place, bytes(blind)) for place, blind in same.values_list("place", "blind")]
    look = Look(
        way=way,
        own_surnames=frozenset(surnames),
        names_of_staff=frozenset(whole),
        clients_words=frozenset(blind for place, blind in found if place == Place.WORD),
        clients_names=frozenset(blind for place, blind in found if place == Place.NAME),
    )
    return alerts(look)


def opened(entered: Entered) -> Opened:
    """The same, opened. Who came in otherwise than by the team is looked at twice; the team was when they joined it."""
    parts = {name: getattr(entered, name) for name in Entered.__slots__}
    looked = frozenset() if entered.way is Way.TEAM else alerts_for(entered.case, entered.member, entered.way)
    hide = kept.hiding(entered.case.client) if vars(entered.case)["shielded"] else str
    return Opened(**parts, alerts=looked, hide=hide)


def _surname(name: str, country: str) -> list[Key]:
    """The last word of a name as it is looked for whole; none of no name."""
    *_, last = name.split() or [""]
    keys = [key for key in keys_of("", Identity(name=last), (), country) if key.place is Place.WORD]
    return sorted(keys, key=lambda key: len(key.text))[-1:]


# ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────


def put(row: OfCase, case: Case, **texts: str) -> None:
    """Set sealed columns of a row, with the key of the case's client."""
    for column, text in texts.items():
        place = _place(row, column)
        setattr(row, column, vault.seal(text, centre=case.centre_id, record=case.client_id, place=place))


def text_of(row: OfCase, case: Case, column: str = "words") -> str:
    """The text of one sealed column. Raises Unreadable for a client whose key is destroyed."""
    sealed = bytes(getattr(row, column))
    return vault.unseal(sealed, centre=case.centre_id, record=case.client_id, place=_place(row, column))


def readable(row: OfCase, case: Case) -> str:
    """The words of a row, empty for a client whose key is destroyed: the others in a list are still read."""
    try:
        return text_of(row, case)
    except vault.Unreadable:
        return ""


def _place(row: OfCase, column: str) -> str:
    return f"{row._meta.db_table}.{column}:{row.pk}"


def heard(row: Fact, case: Case) -> Heard:
    """A fact as it was told, with its source; its entry is at hand."""
    said, *codes = text_of(row, case, "answer").split()
    telling = Telling(
        topic=Topic(row.topic),
        said=Said(said),
        codes=frozenset(codes),
        words=text_of(row, case),
        own_words=row.own_words,
        corrects=row.corrects_id,
    )
    return Heard(row.pk, telling, row.entry_id, row.entry.member_id, row.entry.at, row.entry.contact)
