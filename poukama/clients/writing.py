"""What every write about a client does: begins an entry once the one before is written, checks it, keeps it findable.

For `actions` alone, in the transaction of an action.
"""

import datetime as dt
import secrets
from dataclasses import replace
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from poukama.centres.access import practice
from poukama.centres.models import Centre
from poukama.clients import consents, kept, reach, rows, sealed
from poukama.clients.consents import LegalGround
from poukama.clients.duties import date_at
from poukama.clients.hetu import read
from poukama.clients.identity import CODES, IdentifierKind, Identity, Key, Place, keys_of, make_code
from poukama.clients.models import Client, Entry, GroundEntry, SafeContact, SearchKey
from poukama.clients.reach import Channel, Way
from poukama.gate.gates import AlreadyDone
from poukama.gate.rules import Actor

# Ways whose address is a number that somebody may be found by.
_BY_NUMBER = (Channel.CALL, Channel.MESSAGE)
E = TypeVar("E", bound=Entry)


def begun(
    kind: type[E], client: Client, key: UUID | None, said_at: dt.datetime | None, by: Actor, at: dt.datetime
) -> E:
    """A new entry, still to be filled in, once whoever writes about this client has finished."""
    kept.locked(client, by=by)
    done = kind._default_manager.filter(client=client, key=key).first() if key else None
    if done is not None:
        raise AlreadyDone(done)
    if said_at is not None and said_at > at:
        raise consents.NotSound(consents.Unsound.NOT_YET)
    given = {"key": key} if key else {}
    return kind(**given, centre_id=client.centre_id, client=client, said_at=said_at or at, at=at, by=by.key)


def keep_way(row: SafeContact, way: Way, at: dt.datetime) -> SafeContact:
    """Keep a word on a way, so that its number is found."""
    rows.fill_way(row, way)
    row.save(force_insert=True)
    keep_keys(row.client, at)
    return row


def keep_ground(row: GroundEntry, ground: LegalGround) -> GroundEntry:
    """Keep a word on a legal ground."""
    rows.fill_ground(row, ground)
    row.save(force_insert=True)
    return row


def checked(identity: Identity, code: str, centre: Centre, at: dt.datetime) -> Identity:
    """An identity with its identifier as it is kept: an official one read, a temporary one ours if there is none."""
    match identity.kind:
        case IdentifierKind.OFFICIAL:
            today = date_at(at, ZoneInfo(centre.time_zone))
            return replace(identity, identifier=read(identity.identifier, practice=practice(), today=today).text)
        case IdentifierKind.TEMPORARY:
            return replace(identity, identifier=identity.identifier.strip() or code, code_from_client=False)
        case _:
            return replace(identity, identifier="", code_from_client=False)


def new_code(centre: Centre) -> str:
    """A code that nobody of this centre has."""
    while True:
        code = make_code(secrets.randbelow(CODES))
        blind = kept.blind(Key(Place.CODE, code), centre.pk)
        if not SearchKey.objects.filter(centre=centre, place=Place.CODE, blind=blind).exists():
            return code


def keep_keys(client: Client, at: dt.datetime) -> None:
    """Bring a client's search keys up to what they come of now; those that stay are left alone."""
    ways = reach.standing(kept.ways_of(client), at)
    numbers = tuple(way.address for way in ways if way.open and way.channel in _BY_NUMBER)
    identity = rows.identity_of(kept.identity_entry(client))
    keys = keys_of(sealed.text_of(client, "code"), identity, numbers, client.centre.country)
    wanted = {(str(key.place), kept.blind(key, client.centre_id)) for key in keys}
    had = {(row.place, bytes(row.blind)): row.pk for row in SearchKey.objects.filter(client=client)}
    SearchKey.objects.filter(pk__in=[pk for pair, pk in had.items() if pair not in wanted]).delete()
    SearchKey.objects.bulk_create(
        SearchKey(centre_id=client.centre_id, client=client, place=place, blind=blind)
        for place, blind in sorted(wanted - had.keys())
    )
