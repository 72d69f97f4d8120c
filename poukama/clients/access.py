"""Reading clients: finding one, what they have said, the way to them, and the ledger of what they consent to.

Every read is a line in the centre's trail. A client of another centre, or one who has shut out whoever reads, does not
exist (Http404).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from poukama.audit import trail
from poukama.centres.access import practice
from poukama.centres.models import Centre
from poukama.centres.rules import Duty
from poukama.clients import consents, duties, hetu, kept, masks, reach, rows, rules, sealed
from poukama.clients.consents import Act, Entry, LegalGround
from poukama.clients.identity import IdentifierKind, Identity, age_on, sought
from poukama.clients.models import (
    Client,
    CloseEntry,
    Consent,
    GuardianEntry,
    IdentityEntry,
    RelationEntry,
    SearchKey,
    ShutOut,
    WishEntry,
)
from poukama.clients.shown import Found, Head, Hit, Ledger, Record, Whereabouts
from poukama.doors.known import Age
from poukama.gate.gates import admit, name_of
from poukama.gate.rules import Actor, Permission
from poukama.gate.scope import within

# The most that a search shows.
MOST = 20

# ── Finding ──────────────────────────────────────────────────────────────────────────────────────────────────


def client(centre: Centre, record: UUID, *, by: Actor) -> Client:
    """A client's row by its key; nothing that is in it is read, so there is no line. Raises Http404."""
    admit(by, Permission.CLIENT_READ, centre=centre.pk)
    with within(centre.pk):
        row = kept.open_to(by).filter(centre=centre, pk=record).select_related("centre").first()
    if row is None:
        raise Http404
    return row


def find(centre: Centre, text: str, *, by: Actor, at: dt.datetime) -> Found:
    """Whoever a text finds, the least of each: by code, number, identifier, whole name, or the beginnings of names.

    A record that stands with an official one is found as that one.
    """
    admit(by, Permission.CLIENT_READ, centre=centre.pk)
    with within(centre.pk):
        found = list(dict.fromkeys(_found(centre, text, by)))[: MOST + 1]
        joined = kept.joined_now(found, at)
        shown = list(dict.fromkeys(joined.get(each, each) for each in found))
        clients = {row.pk: row for row in kept.open_to(by).filter(pk__in=shown)}
        called = {row.client_id: sealed.readable(row, "called") for row in kept.newest_of(IdentityEntry, clients)}
        codes = {pk: sealed.readable(row, "code") for pk, row in clients.items()}
        # One whose key is destroyed is not found.
        hits = [Hit(pk, codes[pk], called[pk]) for pk in shown if codes.get(pk)]
        trail.record("clients.searched", centre=centre.pk, actor=by.key, target=name_of(centre), at=at)
    return Found(tuple(hits[:MOST]), len(found) > MOST)


def _found(centre: Centre, text: str, by: Actor) -> Iterator[UUID]:
    looked_for = sought(text, centre.country)
    keys = SearchKey.objects.filter(centre=centre).exclude(client__in=kept.shut_to(by)).order_by("-id")
    if looked_for.exact:
        exact = Q()
        for key in looked_for.exact:
            exact |= Q(place=key.place, blind=kept.blind(key, centre.pk))
        yield from keys.filter(exact).values_list("client_id", flat=True)[: MOST + 1]
    if looked_for.words:
        # The longest word finds the fewest; each of them must have the others too.
        first, *others = sorted(looked_for.words, key=lambda key: -len(key.text))
        keys = keys.filter(place=first.place, blind=kept.blind(first, centre.pk))
        for other in others:
            same = SearchKey.objects.filter(client=OuterRef("client"), place=other.place)
            keys = keys.filter(Exists(same.filter(blind=kept.blind(other, centre.pk))))
        yield from keys.values_list("client_id", flat=True)[: MOST + 1]


# ── What was said ────────────────────────────────────────────────────────────────────────────────────────────


def head(of: Client, *, by: Actor, at: dt.datetime) -> Head:
    """Who a record is about and how they may be reached, masked where they are protected."""
    with _reading("client.named", of, by, at):
        return _head(of, at)


def read(of: Client, *, by: Actor, at: dt.datetime) -> Record:
    """All that a client has said of themselves, their wishes and how they may be reached; masked where protected."""
    with _reading("client.read", of, by, at):
        people = {row.person: row for row in kept.entries(CloseEntry, of)}.values()
        guardians = kept.newest(GuardianEntry, of)
        return Record(
            head=_head(of, at),
            wishes=rows.wishes_of(kept.newest(WishEntry, of)),
            guardians=rules.Guardians(guardians.guardians) if guardians else rules.Guardians.NOT_ASKED,
            close_people=tuple(rows.close_person_of(row) for row in people if not row.gone),
            told=rows.told_of(kept.newest(RelationEntry, of)),
            shut_out=tuple(ShutOut.objects.filter(client=of).order_by("id").values_list("member_id", flat=True)),
            joined=rules.records_of(of.pk, kept.joined_with(of, at)) - {of.pk},
        )


def whereabouts(of: Client, *, by: Actor, at: dt.datetime) -> Whereabouts:
    """Where a client lives, unmasked, for whoever must know it."""
    with _reading("client.whereabouts_read", of, by, at, Permission.WHEREABOUTS_READ):
        identity = rows.identity_of(kept.identity_entry(of))
        return Whereabouts(identity.address, identity.municipality, identity.gives_away)


def masked_text(of: Client, text: str, *, by: Actor, at: dt.datetime) -> str:
    """A text, or the name of a file, in which a protected client's whereabouts cannot be read."""
    with _reading("client.masked", of, by, at):
        return kept.hiding(of)(text)


# ── The way to a client ──────────────────────────────────────────────────────────────────────────────────────


def way_to(of: Client, channel: reach.Channel, *, by: Actor, at: dt.datetime) -> reach.Way:
    """The one way by which anything may go to a client, or to somebody close about them, now. Raises NoWay."""
    refused: reach.NoWay | None = None
    with _reading("client.way_asked", of, by, at):
        try:
            way = reach.may_reach(kept.ways_of(of), kept.entries_of(of), channel, at)
        except reach.NoWay as no_way:
            refused = no_way
    if refused is not None:
        # Out here, so that the line stays: the numbers were looked at.
        raise refused
    return way


# ── The ledger ───────────────────────────────────────────────────────────────────────────────────────────────


def ledger(of: Client, *, acts: Iterable[Act] = (), by: Actor, at: dt.datetime) -> Ledger:
    """What a client has consented to and not, the legal grounds in force, and what has left; masked where protected.

    Of each of these acts it also says why it may not be done now, as `may` does.
    """
    with _reading("ledger.read", of, by, at):
        return _ledger(of, acts, at)


def copy_of_ledger(of: Client, *, by: Actor, at: dt.datetime) -> Ledger:
    """The ledger as it is printed for the client to take away."""
    with _reading("ledger.printed", of, by, at):
        return _ledger(of, (), at)


def _ledger(of: Client, acts: Iterable[Act], at: dt.datetime) -> Ledger:
    entries, named = kept.entries_of(of), kept.grounds_of(of)
    refusals = {act: consents.refusal_of(act, entries, named, at) for act in acts}
    hide = kept.hiding(of)
    shown = tuple(
        replace(each, own_words=hide(each.own_words), interpreter_name=hide(each.interpreter_name)) for each in entries
    )
    grounds = tuple(
        replace(each, reason=hide(each.reason), untold=hide(each.untold)) for each in consents.in_force_at(named, at)
    )
    left = tuple(replace(each, what=hide(each.what)) for each in kept.left_from(of))
    return Ledger(shown, consents.newest(shown, at), grounds, left, refusals)


def effect_of(consent: Consent, *, by: Actor, at: dt.datetime) -> consents.Effect:
    """What an answer stopped that was open, and what had left before it."""
    with _reading("ledger.read", consent.client, by, at):
        return consents.effect_of(
            rows.entry_of(consent), kept.entries_of(consent.client), kept.left_from(consent.client), at
        )


def may(of: Client, act: Act, *, by: Actor, at: dt.datetime) -> consents.Refusal | None:
    """Why an act may not be done now, None if it may: for a button that says why it is off. Opens nothing."""
    with _reading("ledger.asked", of, by, at):
        return consents.refusal_of(act, kept.entries_of(of), kept.grounds_of(of), at)


def rests_on(of: Client, act: Act, *, moment: dt.datetime, by: Actor, at: dt.datetime) -> Entry | LegalGround:
    """What an act rests on, or rested on at a moment that has passed: consent, else legal ground. Raises NoGround."""
    refused: consents.NoGround | None = None
    with _reading("ledger.asked", of, by, at):
        try:
            found = consents.ground_for(act, kept.entries_of(of), kept.grounds_of(of), moment)
        except consents.NoGround as none:
            refused = none
    if refused is not None:
        # Out here, so that the line stays.
        raise refused
    return found


# ── Age, and what it asks ────────────────────────────────────────────────────────────────────────────────────


def duty_tasks(of: Client, duty: Duty | None, *, by: Actor, at: dt.datetime) -> tuple[duties.DutyTask, ...]:
    """Whom the centre's duty says to inform about this client, and what comes next for each."""
    with _reading("client.duty_asked", of, by, at):
        row = kept.identity_entry(of)
        age, grounds, left = _age(row, of.centre, at), kept.grounds_of(of), kept.left_from(of)
        return duties.tasks_for(age, duty, since=row.said_at, grounds=grounds, left=left, at=at)


def guardians_may_see(of: Client, duty: Duty | None, *, by: Actor, at: dt.datetime) -> bool:
    """Whether guardians may see the record; the age under which somebody is a minor is that of the centre's duty."""
    with _reading("client.guardians_asked", of, by, at):
        row = kept.newest(GuardianEntry, of)
        if duty is None or row is None:
            return False
        age = _age(kept.identity_entry(of), of.centre, at)
        return rules.guardians_may_see(rules.Guardians(row.guardians), age, minor_under=duty.under)


def _age(row: IdentityEntry, centre: Centre, at: dt.datetime) -> Age:
    zone, identity = ZoneInfo(centre.time_zone), rows.identity_of(row)
    return age_on(
        identity, _code(identity, at, zone), said=duties.date_at(row.said_at, zone), on=duties.date_at(at, zone)
    )


def _code(identity: Identity, at: dt.datetime, zone: ZoneInfo) -> hetu.Hetu | None:
    if identity.kind is not IdentifierKind.OFFICIAL:
        return None
    return hetu.read(identity.identifier, practice=practice(), today=duties.date_at(at, zone))


# ── Helpers ──────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _reading(
    event: str, of: Client, by: Actor, at: dt.datetime, permission: Permission = Permission.CLIENT_READ
) -> Iterator[None]:
    """Let `by` read a client's record, and write down that they did."""
    admit(by, permission, centre=of.centre_id)
    with within(of.centre_id):
        if not kept.open_to(by).filter(pk=of.pk).exists():
            raise Http404
        yield
        trail.record(event, centre=of.centre_id, actor=by.key, target=name_of(of), at=at)


def _head(of: Client, at: dt.datetime) -> Head:
    row = kept.identity_entry(of)
    return Head(
        client=of.pk,
        code=sealed.text_of(of, "code"),
        identity=masks.masked(rows.identity_of(row)),
        age=_age(row, of.centre, at),
        said_at=row.said_at,
        ways=reach.standing(kept.ways_of(of), at),
    )
