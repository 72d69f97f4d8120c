"""What is done with what a client says: it is taken down as new entries, and nothing is ever overwritten.

Every verb about a client waits for the one before it. `key` is the key of the form that was sent: sent again, it does
nothing more. `said_at` is when it was said, where that was before it was written down. A record that is shut to whoever
acts does not exist (Http404).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from poukama.audit import trail
from poukama.centres.models import Centre
from poukama.clients import consents, kept, reach, rows, sealed, writing
from poukama.clients.consents import Act, LegalGround, Purpose, Recipient
from poukama.clients.identity import UNSAID, IdentifierKind, Identity
from poukama.clients.models import (
    Client,
    CloseEntry,
    Consent,
    Destruction,
    Disclosure,
    GroundEntry,
    GuardianEntry,
    IdentityEntry,
    JoiningEntry,
    RelationEntry,
    SafeContact,
    SearchKey,
    ShutOut,
    WishEntry,
)
from poukama.clients.reach import Way
from poukama.clients.rules import (
    CannotJoin,
    ClosePerson,
    DestroyedFor,
    Guardians,
    NotJoinable,
    NotOfTwo,
    Told,
    Wishes,
    check_joining,
)
from poukama.core import vault
from poukama.gate.gates import AlreadyDone, action, admit, name_of
from poukama.gate.rules import Actor, Permission
from poukama.staff.models import Member

_LINKING = Act(Purpose.LINKING, Recipient.CENTRE)

# ── Who it is ────────────────────────────────────────────────────────────────────────────────────────────────


@action("client.opened", Permission.CLIENT_WRITE)
def open_client(
    centre: Centre,
    /,
    *,
    identity: Identity = UNSAID,
    record: UUID | None = None,
    said_at: dt.datetime | None = None,
    by: Actor,
    at: dt.datetime,
) -> Client:
    """Begin a record of somebody, with nothing in it if they wish. `record` is the key that the form was given.

    Raises NotAnIdentityCode for an official identifier that is none.
    """
    client = Client(id=record or uuid4(), centre=centre, opened_at=at)
    # Before the row that needs it. If the row fails, a key is left that opens nothing.
    vault.make_key(centre.pk, client.pk)
    sealed.put(client, code=(code := writing.new_code(centre)))
    Client.objects.bulk_create([client], ignore_conflicts=True)
    standing = kept.locked(client, by=by)
    if standing.code != client.code:
        raise AlreadyDone(standing)
    row = writing.begun(IdentityEntry, client, None, said_at, by, at)
    rows.fill_identity(row, writing.checked(identity, code, centre, at))
    row.save(force_insert=True)
    writing.keep_keys(client, at)
    return client


@action("identity.told", Permission.CLIENT_WRITE)
def tell_identity(
    client: Client,
    /,
    *,
    identity: Identity,
    key: UUID | None = None,
    said_at: dt.datetime | None = None,
    by: Actor,
    at: dt.datetime,
) -> IdentityEntry:
    """Take down who somebody is, whole, as far as they say now. Raises NotAnIdentityCode."""
    row = writing.begun(IdentityEntry, client, key, said_at, by, at)
    rows.fill_identity(row, writing.checked(identity, sealed.text_of(client, "code"), client.centre, at))
    row.save(force_insert=True)
    writing.keep_keys(client, at)
    return row


@action("identity.told", Permission.CLIENT_WRITE)
def add_to_identity(
    client: Client, /, *, said: Mapping[str, Any], key: UUID | None = None, by: Actor, at: dt.datetime
) -> IdentityEntry:
    """Take down what somebody says now of who they are; the rest stays as it was. Raises NotAnIdentityCode."""
    row = writing.begun(IdentityEntry, client, key, None, by, at)
    identity = replace(rows.identity_of(kept.identity_entry(client)), **said)
    rows.fill_identity(row, writing.checked(identity, sealed.text_of(client, "code"), client.centre, at))
    row.save(force_insert=True)
    writing.keep_keys(client, at)
    return row


@action("records.joined", Permission.RECORDS_JOIN)
def join(
    temporary: Client, /, *, official: Client, key: UUID | None = None, by: Actor, at: dt.datetime
) -> JoiningEntry:
    """Let the record under a temporary identifier stand with the official one; nothing of either is changed.

    Raises CannotJoin, and NoGround unless the client consents to it or a legal ground is named.
    """
    kept.locked(temporary, official, by=by)
    row = writing.begun(JoiningEntry, temporary, key, None, by, at)
    has_official = {
        each.pk for each in (temporary, official) if kept.identity_entry(each).kind == IdentifierKind.OFFICIAL
    }
    joined = kept.joined_now((temporary.pk, official.pk), at)
    check_joining(temporary.pk, official.pk, joined, has_official=frozenset(has_official))
    consents.ground_for(_LINKING, kept.entries_of(temporary), kept.grounds_of(temporary), at)
    row.official, row.together = official, True
    row.save(force_insert=True)
    return row


@action("records.parted", Permission.RECORDS_JOIN)
def part(temporary: Client, /, *, key: UUID | None = None, by: Actor, at: dt.datetime) -> JoiningEntry:
    """Part a record from the official one that it was joined to: each is again what it was. Raises CannotJoin."""
    row = writing.begun(JoiningEntry, temporary, key, None, by, at)
    official = kept.joined_now((temporary.pk,), at).get(temporary.pk)
    if official is None:
        raise CannotJoin(NotJoinable.NOT_JOINED)
    row.official_id, row.together = official, False
    row.save(force_insert=True)
    return row


# ── How they are reached, and what they wish ─────────────────────────────────────────────────────────────────


@action("way.told", Permission.CLIENT_WRITE)
def tell_way(client: Client, /, *, way: Way, key: UUID | None = None, by: Actor, at: dt.datetime) -> SafeContact:
    """Open a way to the client, or change one, as they say. Raises NotAWay for one that could never be used."""
    row = writing.begun(SafeContact, client, key, way.said_at, by, at)
    reach.check(way)
    return writing.keep_way(row, replace(way, open=True), at)


@action("way.closed", Permission.CLIENT_WRITE)
def close_way(client: Client, /, *, way: Way, key: UUID | None = None, by: Actor, at: dt.datetime) -> SafeContact:
    """Close a way, at once."""
    row = writing.begun(SafeContact, client, key, None, by, at)
    return writing.keep_way(row, replace(way, open=False), at)


@action("wishes.told", Permission.CLIENT_WRITE)
def tell_wishes(
    client: Client,
    /,
    *,
    wishes: Wishes,
    key: UUID | None = None,
    said_at: dt.datetime | None = None,
    by: Actor,
    at: dt.datetime,
) -> WishEntry:
    """Take down the client's wishes, whole, as they are now."""
    row = writing.begun(WishEntry, client, key, said_at, by, at)
    rows.fill_wishes(row, wishes)
    row.save(force_insert=True)
    return row


@action("wishes.told", Permission.CLIENT_WRITE)
def add_to_wishes(
    client: Client, /, *, said: Mapping[str, Any], key: UUID | None = None, by: Actor, at: dt.datetime
) -> WishEntry:
    """Take down what the client wishes now; the rest stays as it was."""
    row = writing.begun(WishEntry, client, key, None, by, at)
    rows.fill_wishes(row, replace(rows.wishes_of(kept.newest(WishEntry, client)), **said))
    row.save(force_insert=True)
    return row


@action("guardians.decided", Permission.CLIENT_WRITE)
def decide_guardians(
    client: Client, /, *, guardians: Guardians, key: UUID | None = None, by: Actor, at: dt.datetime
) -> GuardianEntry:
    """Take down whether a minor's guardians see the record, as decided at this visit."""
    row = writing.begun(GuardianEntry, client, key, None, by, at)
    row.guardians = guardians
    row.save(force_insert=True)
    return row


@action("close_person.told", Permission.CLIENT_WRITE)
def tell_close_person(
    client: Client, /, *, person: ClosePerson, key: UUID | None = None, by: Actor, at: dt.datetime
) -> CloseEntry:
    """Take down somebody close to the client, or what has changed about them and the help they are given."""
    row = writing.begun(CloseEntry, client, key, None, by, at)
    rows.fill_close_person(row, person)
    row.save(force_insert=True)
    return row


@action("relation.told", Permission.CLIENT_WRITE)
def tell_relation(
    client: Client, /, *, told: Told, key: UUID | None = None, by: Actor, at: dt.datetime
) -> RelationEntry:
    """Take down what whoever did it is to the client, if the client says it."""
    row = writing.begun(RelationEntry, client, key, None, by, at)
    row.relation = told.relation
    sealed.put(row, own_words=told.own_words)
    row.save(force_insert=True)
    return row


# The line names the client alone: whom the client shuts out is nobody's to read, and no reason is asked or kept.
@action("client.shut_out", Permission.CLIENT_WRITE)
def shut_out(client: Client, /, *, member: Member, by: Actor, at: dt.datetime) -> Client:
    """Shut a member out of a client's record: for them it does not exist from now on."""
    kept.locked(client, by=by)
    _, made = ShutOut.objects.get_or_create(client=client, member=member, defaults={"centre_id": client.centre_id})
    if not made:
        raise AlreadyDone(client)
    return client


@action("client.let_in", Permission.CLIENT_WRITE)
def let_in(client: Client, /, *, member: Member, by: Actor, at: dt.datetime) -> Client:
    """Let a member in again."""
    kept.locked(client, by=by)
    if not ShutOut.objects.filter(client=client, member=member).delete()[0]:
        raise AlreadyDone(client)
    return client


# ── The end of a record ──────────────────────────────────────────────────────────────────────────────────────


@action("record.destroyed", Permission.RECORD_DESTROY)
def destroy(client: Client, /, *, reason: DestroyedFor, asked_by: Actor, by: Actor, at: dt.datetime) -> Destruction:
    """Destroy a record for good: its key goes as soon as this is committed.

    Whoever asked is a line of the trail too. Raises NotOfTwo if the same person confirms.
    """
    admit(asked_by, Permission.RECORD_DESTROY, centre=client.centre_id)
    if asked_by.key == by.key:
        raise NotOfTwo
    Client.objects.select_for_update().get(pk=client.pk)
    transaction.on_commit(lambda: vault.destroy_key(client.centre_id, client.pk))
    if known := Destruction.objects.filter(client=client).first():
        raise AlreadyDone(known)
    SearchKey.objects.filter(client=client).delete()
    people = {"asked_by": asked_by.key, "confirmed_by": by.key}
    row = Destruction.objects.create(client=client, centre_id=client.centre_id, reason=reason, at=at, **people)
    trail.record("destruction.asked", centre=row.centre_id, actor=asked_by.key, target=name_of(client), at=at)
    return row


# ── What they consent to, and what leaves ────────────────────────────────────────────────────────────────────


@action("consent.answered", Permission.CONSENT_WRITE)
def answer(client: Client, /, *, entry: consents.Entry, key: UUID | None = None, by: Actor, at: dt.datetime) -> Consent:
    """Take down an answer; it holds from the moment it was said. Raises NotSound for a yes that would not hold."""
    row = writing.begun(Consent, client, key, entry.said_at, by, at)
    consents.check(entry)
    rows.fill_entry(row, entry)
    row.save(force_insert=True)
    return row


@action("ground.named", Permission.GROUND_NAME)
def name_ground(
    client: Client, /, *, ground: LegalGround, key: UUID | None = None, by: Actor, at: dt.datetime
) -> GroundEntry:
    """Name a legal ground and answer for it. Raises NotSound."""
    row = writing.begun(GroundEntry, client, key, None, by, at)
    ground = replace(ground, approver=by.key, named_at=at)
    consents.check_ground(ground)
    return writing.keep_ground(row, ground)


@action("ground.told", Permission.GROUND_NAME)
def tell_of_ground(
    client: Client,
    /,
    *,
    ground: LegalGround,
    told_at: dt.datetime,
    key: UUID | None = None,
    by: Actor,
    at: dt.datetime,
) -> GroundEntry:
    """Take down when the client was told of what a legal ground opens. Raises NotSound."""
    row = writing.begun(GroundEntry, client, key, None, by, at)
    ground = replace(kept.ground_now(client, ground), told_at=told_at, named_at=at)
    consents.check_ground(ground)
    return writing.keep_ground(row, ground)


@action("ground.ended", Permission.GROUND_NAME)
def end_ground(
    client: Client, /, *, ground: LegalGround, key: UUID | None = None, by: Actor, at: dt.datetime
) -> GroundEntry:
    """End a legal ground, at once."""
    row = writing.begun(GroundEntry, client, key, None, by, at)
    return writing.keep_ground(row, replace(kept.ground_now(client, ground), ends=at))


@action("disclosure.made", Permission.DISCLOSE)
def disclose(
    client: Client, /, *, act: Act, what: str, key: UUID | None = None, by: Actor, at: dt.datetime
) -> Disclosure:
    """Let something leave, in the transaction that sends it, and write down what it rests on. Raises NoGround."""
    row = writing.begun(Disclosure, client, key, None, by, at)
    ground = consents.ground_for(act, kept.entries_of(client), kept.grounds_of(client), at)
    rows.fill_act(row, act)
    sealed.put(row, what=what)
    if isinstance(ground, LegalGround):
        row.ground_id = ground.number
    else:
        row.consent_id = ground.number
    row.save(force_insert=True)
    return row
