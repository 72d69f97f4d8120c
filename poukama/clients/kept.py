"""Reading rows in a transaction that a gate has opened: for `access` and `actions`.

A room whose rows are a client's asks here who is shut out, and how a key is blind; ways, answers and grounds are opened
for this room alone.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from poukama.clients import consents, masks, reach, rows, rules, sealed
from poukama.clients.consents import LegalGround
from poukama.clients.identity import Key
from poukama.clients.models import (
    Client,
    Consent,
    Disclosure,
    Entry,
    GroundEntry,
    IdentityEntry,
    JoiningEntry,
    SafeContact,
    ShutOut,
)
from poukama.core import vault
from poukama.gate.rules import Actor

E = TypeVar("E", bound=Entry)
# What a text becomes before it is shown.
Hide = Callable[[str], str]


def blind(key: Key, centre: int) -> bytes:
    """A search key as the index has it."""
    return vault.blind(key.text, centre=centre, place=f"clients_searchkey.{key.place}")


def locked(*clients: Client, by: Actor) -> Client:
    """The first of these clients, all of them held until the transaction ends. Raises Http404 for one shut to `by`."""
    wanted = [each.pk for each in clients]
    held = {row.pk: row for row in open_to(by).filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",))}
    if set(wanted) - held.keys():
        raise Http404
    return held[wanted[0]]


def hiding(of: Client) -> Hide:
    """What hides of a text where a protected client is; anybody else's stays as it is."""
    return hiding_each([of])[of.pk]


def hiding_each(clients: Iterable[Client]) -> dict[UUID, Hide]:
    """The same for each of these clients, in as many queries as for one."""
    of_all = {each.pk: each for each in clients}
    # Of one whose key is destroyed nothing is read, and nothing needs hiding.
    entries_of_all = {
        row.client_id: row
        for row in newest_of(IdentityEntry, of_all)
        if row.shielded and vault.has_key(row.centre_id, row.client_id)
    }
    numbers: dict[UUID, list[str]] = {}
    for row in SafeContact.objects.filter(client__in=entries_of_all).exclude(channel=reach.Channel.CLOSE_PERSON.value):
        numbers.setdefault(row.client_id, []).append(sealed.text_of(row, "address"))
    secrets = {pk: masks.secrets_of(rows.identity_of(row), numbers.get(pk, ())) for pk, row in entries_of_all.items()}
    return {pk: partial(masks.masked_text, secrets=secrets.get(pk, ())) for pk in of_all}


def ways_of(of: Client) -> tuple[reach.Way, ...]:
    """Every word on every way."""
    return tuple(rows.way_of(row, of.centre) for row in entries(SafeContact, of))


def entries_of(of: Client) -> tuple[consents.Entry, ...]:
    """The whole ledger, in order of writing."""
    return tuple(rows.entry_of(row) for row in entries(Consent, of))


def grounds_of(of: Client) -> tuple[LegalGround, ...]:
    """Every word on every legal ground."""
    return tuple(rows.ground_of(row) for row in entries(GroundEntry, of))


def ground_now(of: Client, ground: LegalGround) -> LegalGround:
    """The newest word on a ground. Raises Http404 for one of another client."""
    row = GroundEntry.objects.filter(client=of, ground=ground.key).order_by("-id").first()
    if row is None:
        raise Http404
    return rows.ground_of(row)


def joined_now(clients: Iterable[UUID], at: dt.datetime) -> dict[UUID, UUID]:
    """Which temporary record stands with which official one, as far as these clients are either."""
    mine = list(clients)
    found = JoiningEntry.objects.filter(Q(client__in=mine) | Q(official__in=mine))
    # A record may have been joined elsewhere since: its newest word counts, whoever it is about.
    newest = JoiningEntry.objects.filter(client__in=found.values("client"))
    return rules.joined_to((rows.joining_of(row) for row in newest), at)


def open_to(by: Actor) -> QuerySet[Client]:
    """The clients who have not shut out whoever acts."""
    return Client.objects.exclude(pk__in=shut_to(by))


def shut_to(by: Actor) -> QuerySet[ShutOut, UUID]:
    """The clients who have shut out whoever acts; nobody shuts out what is no member."""
    kind, _, number = by.key.partition(":")
    rows_of = ShutOut.objects.filter(member_id=int(number)) if kind == "member" else ShutOut.objects.none()
    return rows_of.values_list("client_id", flat=True)


def entries(kind: type[E], of: Client) -> QuerySet[E]:
    """A client's entries of a kind, in order of writing."""
    return kind._default_manager.filter(client=of).order_by("id")


def newest(kind: type[E], of: Client) -> E | None:
    """A client's newest entry of a kind, if there is one."""
    return entries(kind, of).last()


def newest_of(kind: type[E], clients: Iterable[UUID]) -> QuerySet[E]:
    """The newest entry of each of these clients."""
    rows_of = kind._default_manager.filter(client__in=list(clients))
    return rows_of.order_by("client", "-id").distinct("client")


def identity_entry(of: Client) -> IdentityEntry:
    """The newest identity; a client has one from the beginning."""
    return entries(IdentityEntry, of).latest("id")


def left_from(of: Client) -> tuple[consents.Left, ...]:
    """All that has left of a client, in order."""
    return tuple(rows.left_of(row) for row in entries(Disclosure, of).select_related("ground"))


def joined_with(of: Client, at: dt.datetime) -> dict[UUID, UUID]:
    """Which temporary records stand with which official one, as far as it is this person's."""
    joined = joined_now((of.pk,), at)
    return joined | joined_now(joined.values(), at)
