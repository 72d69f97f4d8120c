"""What a client says is taken down sealed, as new entries, once; and what leaves names what it rests on."""

import secrets
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from poukama.audit.models import AuditEvent
from poukama.centres.actions import found
from poukama.clients import access, actions, sealed
from poukama.clients.consents import Answer, NoGround, NotSound, Refusal, Unsound
from poukama.clients.hetu import Fault, NotAnIdentityCode
from poukama.clients.identity import IdentifierKind, Identity
from poukama.clients.models import Client, IdentityEntry, SearchKey
from poukama.clients.reach import Channel, Closed, NotAWay, NoWay
from poukama.clients.rules import (
    CannotJoin,
    Closeness,
    ClosePerson,
    Examiner,
    Guardians,
    NotJoinable,
    Relation,
    Support,
    Told,
    Wish,
    Wishes,
)
from poukama.core import vault
from poukama.gate.rules import INSTALLATION, OPERATOR
from poukama.gate.scope import within
from poukama.staff.rules import Role
from tests.clients.saying import (
    HOUR,
    LINKING,
    NOW,
    RELEASE,
    actor_of,
    make_actor,
    make_client,
    make_entry,
    make_ground,
    make_hetu,
    make_way,
)
from tests.people import make_centre, make_member

pytestmark = pytest.mark.django_db
CANARY = "Kanarialintu"
OFFICIAL: dict[str, Any] = {"kind": IdentifierKind.OFFICIAL, "identifier": make_hetu()}
TEMPORARY: dict[str, Any] = {"kind": IdentifierKind.TEMPORARY}


def lines(centre, event):
    """The actors and targets of a centre's lines of one kind."""
    with within(centre.pk):
        return list(AuditEvent.objects.filter(centre_id=centre.pk, event=event).values_list("actor", "target"))


# ── Who it is ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_record_begins_with_nothing_said_and_has_a_code(centre, by):
    client = actions.open_client(centre, by=by, at=NOW)
    shown = access.head(client, by=by, at=NOW)
    assert shown.identity == Identity()
    assert len(shown.code) == 7
    assert lines(centre, "client.opened") == [(by.key, f"clients.client:{client.pk}")]
    assert str(client) == f"client {client.pk}"


def test_who_it_is_grows_as_they_wish_and_the_newest_holds(centre, by):
    client = make_client(centre, by, called="Aino")
    told = Identity(called="Aino", name="Aino Virta", gender_words="hän", **TEMPORARY)
    entry = actions.tell_identity(client, identity=told, by=by, at=NOW)
    head = access.head(client, by=by, at=NOW)
    assert head.identity == replace(told, identifier=head.code)
    assert lines(centre, "identity.told") == [(by.key, f"clients.identityentry:{entry.pk}")]
    assert str(entry) == f"identityentry {entry.pk} of {client.pk}"


def test_a_temporary_identifier_from_elsewhere_is_kept_as_it_is(centre, by):
    client = make_client(centre, by, kind=IdentifierKind.TEMPORARY, identifier=" TEMP-1 ", code_from_client=True)
    identity = access.head(client, by=by, at=NOW).identity
    assert (identity.identifier, identity.code_from_client) == ("TEMP-1", False)


def test_an_identifier_of_no_kind_is_not_kept(centre, by):
    client = make_client(centre, by, identifier="131052-308T")
    assert access.head(client, by=by, at=NOW).identity.identifier == ""


def test_an_official_identifier_is_read_and_a_wrong_one_writes_nothing(centre, by):
    client = make_client(centre, by, kind=IdentifierKind.OFFICIAL, identifier=" 131052-308t ")
    assert access.head(client, by=by, at=NOW).identity.identifier == "131052-308T"
    wrong = Identity(kind=IdentifierKind.OFFICIAL, identifier="131052-308U")
    with pytest.raises(NotAnIdentityCode):
        actions.tell_identity(client, identity=wrong, by=by, at=NOW)
    with pytest.raises(NotAnIdentityCode):
        actions.open_client(centre, identity=wrong, by=by, at=NOW)
    with within(centre.pk):
        assert (Client.objects.count(), IdentityEntry.objects.count()) == (1, 1)


def test_a_practice_version_takes_no_persons_code(centre, by):
    found(INSTALLATION, practice=True, by=OPERATOR, at=NOW)
    with pytest.raises(NotAnIdentityCode) as refused:
        make_client(centre, by, **OFFICIAL)
    assert refused.value.fault is Fault.REAL
    assert make_client(centre, by, kind=IdentifierKind.OFFICIAL, identifier=make_hetu(individual="903"))


def test_the_same_form_sent_again_is_the_same_record_and_the_same_entry(centre, by):
    record, key = uuid4(), uuid4()
    first, again = (
        actions.open_client(centre, identity=Identity(called=name), record=record, by=by, at=NOW) for name in ("A", "B")
    )
    assert first == again
    entries = [
        actions.tell_identity(first, identity=Identity(called=name), key=key, by=by, at=NOW) for name in ("C", "D")
    ]
    assert entries[0] == entries[1]
    assert access.head(first, by=by, at=NOW).identity.called == "C"
    assert len(lines(centre, "client.opened")) == len(lines(centre, "identity.told")) == 1


def test_a_code_that_is_taken_is_drawn_again(centre, by, monkeypatch):
    drawn = [7, 7, 8]
    monkeypatch.setattr(secrets, "randbelow", lambda _: drawn.pop(0))
    codes = {access.head(make_client(centre, by), by=by, at=NOW).code for _ in range(2)}
    assert len(codes) == 2
    assert drawn == []


def test_what_was_said_before_it_was_written_down_has_its_time_and_none_is_to_come(centre, by):
    client = actions.open_client(centre, said_at=NOW - HOUR, by=by, at=NOW)
    assert access.head(client, by=by, at=NOW).said_at == NOW - HOUR
    with pytest.raises(NotSound) as refused:
        actions.tell_wishes(client, wishes=Wishes(), said_at=NOW + HOUR, by=by, at=NOW)
    assert refused.value.unsound is Unsound.NOT_YET


# ── Sealed ───────────────────────────────────────────────────────────────────────────────────────────────────


def tell_everything(centre, by, word):
    """A client who has said one word in every field that takes words."""
    client = make_client(
        centre,
        by,
        called=word,
        name=word,
        kind=IdentifierKind.TEMPORARY,
        identifier=word,
        gender_words=word,
        address=word,
        municipality=word,
        gives_away=word,
    )
    words = {"who_answers": word, "name_we_say": word, "code_word": word}
    actions.tell_way(client, way=make_way(address=word, **words), by=by, at=NOW)
    wished = {column: word for column in ("examiner_words", "support_words", "avoid", "breaks", "other")}
    actions.tell_wishes(client, wishes=Wishes(**wished), by=by, at=NOW)
    person = ClosePerson(uuid4(), Closeness.FRIEND, name=word, number=word, knows=word, support_words=word)
    actions.tell_close_person(client, person=person, by=by, at=NOW)
    actions.tell_relation(client, told=Told(Relation.NOT_SAID, word), by=by, at=NOW)
    actions.answer(client, entry=make_entry(own_words=word), by=by, at=NOW)
    actions.name_ground(client, ground=make_ground(reason=word, untold=word), by=by, at=NOW)
    actions.disclose(client, act=RELEASE, what=word, by=by, at=NOW)
    return client


def test_no_word_and_no_code_stands_readable_in_any_row(centre, by):
    client = tell_everything(centre, by, CANARY)
    code = access.head(client, by=by, at=NOW).code
    with within(centre.pk), connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if name.startswith(("clients_", "audit_"))]
        told = ""
        for table in tables:
            cursor.execute(f"select t::text from {table} t")  # noqa: S608 - our own tables
            told += "".join(row for (row,) in cursor.fetchall())
    assert len(tables) == 15
    for word in (CANARY, CANARY.lower(), code):
        assert word not in told
        assert word.encode().hex() not in told


def test_a_text_opens_in_no_other_entry(centre, by):
    client = make_client(centre, by, called="Aino")
    other = actions.tell_identity(client, identity=Identity(called="Bea"), by=by, at=NOW)
    with within(centre.pk):
        moved = IdentityEntry.objects.filter(client=client).earliest("id")
    moved.called = other.called
    with pytest.raises(vault.Unreadable):
        sealed.text_of(moved, "called")


def test_a_client_whose_key_is_destroyed_opens_no_more(centre, by):
    client, other = make_client(centre, by, called="Aino"), make_client(centre, by, called="Bea")
    vault.destroy_key(centre.pk, client.pk)
    with pytest.raises(vault.Unreadable):
        access.head(client, by=by, at=NOW)
    assert access.head(other, by=by, at=NOW).identity.called == "Bea"


# ── Two records of one person ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def pair(centre, by):
    """A record under a temporary identifier and one under an official one; the client agrees to have them together."""
    temporary = make_client(centre, by, called="Aino", **TEMPORARY)
    official = make_client(centre, by, called="Aino Virta", **OFFICIAL)
    actions.answer(temporary, entry=make_entry(act=LINKING), by=by, at=NOW)
    return temporary, official


def test_joined_records_are_found_as_one_and_parted_ones_are_both_back(centre, by, pair):
    temporary, official = pair
    before = [access.read(each, by=by, at=NOW) for each in pair]
    entry = actions.join(temporary, official=official, by=by, at=NOW)
    assert [hit.client for hit in access.find(centre, "aino", by=by, at=NOW).hits] == [official.pk]
    assert access.read(temporary, by=by, at=NOW).joined == {official.pk}
    assert access.read(official, by=by, at=NOW).joined == {temporary.pk}
    assert lines(centre, "records.joined") == [(by.key, f"clients.joiningentry:{entry.pk}")]
    actions.part(temporary, by=by, at=NOW)
    assert {hit.client for hit in access.find(centre, "aino", by=by, at=NOW).hits} == {official.pk, temporary.pk}
    assert [access.read(each, by=by, at=NOW) for each in pair] == before
    assert len(lines(centre, "records.parted")) == 1


def test_records_are_joined_only_if_the_client_allows(centre, by, pair):
    temporary, official = pair
    actions.answer(temporary, entry=make_entry(Answer.NO, LINKING, said_at=NOW), by=by, at=NOW)
    with pytest.raises(NoGround) as refused:
        actions.join(temporary, official=official, by=by, at=NOW)
    assert refused.value.refusal is Refusal.NO


def test_records_that_do_not_fit_are_not_joined(centre, by, pair):
    temporary, official = pair
    for one, other, why in (
        (official, temporary, NotJoinable.NO_OFFICIAL),
        (temporary, temporary, NotJoinable.SAME),
    ):
        with pytest.raises(CannotJoin) as refused:
            actions.join(one, official=other, by=by, at=NOW)
        assert refused.value.why is why
    with pytest.raises(CannotJoin) as refused:
        actions.part(temporary, by=by, at=NOW)
    assert refused.value.why is NotJoinable.NOT_JOINED


def test_a_record_joined_twice_stands_with_one(centre, by, pair):
    temporary, official = pair
    second = make_client(centre, by, **{**OFFICIAL, "identifier": make_hetu(individual="310")})
    actions.join(temporary, official=official, by=by, at=NOW)
    with pytest.raises(CannotJoin):
        actions.join(temporary, official=second, by=by, at=NOW)
    actions.part(temporary, by=by, at=NOW)
    actions.join(temporary, official=second, by=by, at=NOW)
    assert access.read(official, by=by, at=NOW).joined == frozenset()
    assert access.read(second, by=by, at=NOW).joined == {temporary.pk}


def test_all_the_records_of_one_person_are_named_from_each(centre, by, pair):
    temporary, official = pair
    other = make_client(centre, by, **TEMPORARY)
    actions.answer(other, entry=make_entry(act=LINKING), by=by, at=NOW)
    for each in (temporary, other):
        actions.join(each, official=official, by=by, at=NOW)
    assert access.read(temporary, by=by, at=NOW).joined == {official.pk, other.pk}


def test_no_record_is_joined_to_one_of_another_centre(centre, by, pair):
    elsewhere = make_centre("laakso")
    coordinator = make_actor(centre=elsewhere, login="laura")
    theirs = make_client(elsewhere, coordinator, **OFFICIAL)
    with pytest.raises(Http404):
        actions.join(pair[0], official=theirs, by=by, at=NOW)


# ── What is said besides ─────────────────────────────────────────────────────────────────────────────────────


def test_wishes_guardians_relation_and_close_people_are_read_as_they_were_said(centre, by):
    client = make_client(centre, by)
    wishes = Wishes(Examiner.WOMAN, interpreter=Wish.WISHED, interpreter_language="sv", avoid="potilas", breaks="usein")
    sister = ClosePerson(uuid4(), Closeness.SIBLING, name="Bea", number="040 000 0001", support=Support.OFFERED)
    friend = ClosePerson(uuid4(), Closeness.FRIEND, name="Cia")
    actions.tell_wishes(client, wishes=wishes, by=by, at=NOW)
    actions.decide_guardians(client, guardians=Guardians.CAPABLE_FORBIDS, by=by, at=NOW)
    actions.tell_relation(client, told=Told(Relation.STRANGER), by=by, at=NOW)
    for person in (sister, friend, replace(friend, gone=True), replace(sister, support=Support.GIVEN)):
        actions.tell_close_person(client, person=person, by=by, at=NOW)
    record = access.read(client, by=by, at=NOW)
    assert record.wishes == wishes
    assert record.guardians is Guardians.CAPABLE_FORBIDS
    assert record.told == Told(Relation.STRANGER)
    assert record.close_people == (replace(sister, support=Support.GIVEN),)


def test_a_way_is_opened_changed_and_closed_by_what_the_client_says(centre, by):
    client = make_client(centre, by)
    with pytest.raises(NoWay):
        access.way_to(client, Channel.CALL, by=by, at=NOW)
    actions.tell_way(client, way=make_way(), by=by, at=NOW)
    assert access.way_to(client, Channel.CALL, by=by, at=NOW).address == "040 000 0000"
    changed = make_way(address="040 000 0001", said_at=NOW, open=False)
    actions.tell_way(client, way=changed, by=by, at=NOW)
    way = access.way_to(client, Channel.CALL, by=by, at=NOW)
    assert way.address == "040 000 0001"
    actions.close_way(client, way=way, by=by, at=NOW)
    with pytest.raises(NoWay) as refused:
        access.way_to(client, Channel.CALL, by=by, at=NOW)
    assert refused.value.closed is Closed.CLOSED


def test_a_way_that_could_never_be_used_is_not_written_down(centre, by):
    client = make_client(centre, by)
    with pytest.raises(NotAWay):
        actions.tell_way(client, way=make_way(address=""), by=by, at=NOW)
    assert access.read(client, by=by, at=NOW).head.ways == ()


def test_keys_follow_what_they_come_of_and_those_that_stay_are_left_alone(centre, by):
    client = make_client(centre, by, called="Aino")
    with within(centre.pk):
        stay = set(SearchKey.objects.filter(place="code").values_list("pk", flat=True))
    actions.tell_identity(client, identity=Identity(called="Bea"), by=by, at=NOW)
    actions.tell_way(client, way=make_way(), by=by, at=NOW)
    search = {text: len(access.find(centre, text, by=by, at=NOW).hits) for text in ("aino", "bea", "0400000000")}
    assert search == {"aino": 0, "bea": 1, "0400000000": 1}
    actions.close_way(client, way=make_way(), by=by, at=NOW)
    assert access.find(centre, "0400000000", by=by, at=NOW).hits == ()
    with within(centre.pk):
        assert set(SearchKey.objects.filter(place="code").values_list("pk", flat=True)) == stay


# ── Members who are shut out ─────────────────────────────────────────────────────────────────────────────────


def test_for_a_member_who_is_shut_out_the_client_does_not_exist(centre, by):
    member = make_member(Role.MIDWIFE, centre=centre, login="niina")
    niina, client = actor_of(member), make_client(centre, by, called="Aino")
    actions.shut_out(client, member=member, by=by, at=NOW)
    assert access.find(centre, "aino", by=niina, at=NOW).hits == ()
    for attempt in (
        lambda: access.client(centre, client.pk, by=niina),
        lambda: access.head(client, by=niina, at=NOW),
        lambda: access.way_to(client, Channel.CALL, by=niina, at=NOW),
        lambda: access.may(client, RELEASE, by=niina, at=NOW),
        lambda: actions.tell_wishes(client, wishes=Wishes(), by=niina, at=NOW),
        lambda: actions.let_in(client, member=member, by=niina, at=NOW),
        lambda: actions.disclose(client, act=RELEASE, what="", by=niina, at=NOW),
    ):
        with pytest.raises(Http404):
            attempt()
    assert access.read(client, by=by, at=NOW).shut_out == (member.pk,)
    actions.let_in(client, member=member, by=by, at=NOW)
    assert access.head(client, by=niina, at=NOW).identity.called == "Aino"


def test_shutting_out_twice_is_once_and_leaves_no_name_in_the_trail(centre, by):
    member, client = make_member(Role.MIDWIFE, centre=centre, login="niina"), make_client(centre, by)
    for verb in (actions.shut_out, actions.let_in):
        for _ in range(2):
            verb(client, member=member, by=by, at=NOW)
    for event in ("client.shut_out", "client.let_in"):
        assert lines(centre, event) == [(by.key, f"clients.client:{client.pk}")]


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", [Role.CHAPLAIN, Role.SAMPLE_KEEPER, Role.MANAGER, Role.ADMINISTRATOR])
def test_a_role_that_does_not_meet_clients_writes_nothing(centre, by, role):
    client, other = make_client(centre, by), make_actor(role, centre=centre, login="other")
    for attempt in (
        lambda: actions.open_client(centre, by=other, at=NOW),
        lambda: actions.answer(client, entry=make_entry(), by=other, at=NOW),
        lambda: actions.name_ground(client, ground=make_ground(), by=other, at=NOW),
        lambda: actions.disclose(client, act=RELEASE, what="", by=other, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_to_another_centre_a_client_does_not_exist(centre, by):
    client = make_client(centre, by)
    stranger = make_actor(centre=make_centre("laakso"), login="laura")
    with pytest.raises(Http404):
        actions.tell_wishes(client, wishes=Wishes(), by=stranger, at=NOW)
