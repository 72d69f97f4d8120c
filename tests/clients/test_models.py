"""The database keeps what must hold of clients, whoever asks it and however."""

import threading
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from poukama.clients import actions, models
from poukama.clients.consents import Answer, NoGround
from poukama.clients.models import Client, Consent, Disclosure, Entry, IdentityEntry, SearchKey, ShutOut
from poukama.gate.scope import within
from tests.clients.saying import NOW, RELEASE, make_actor, make_client, make_entry
from tests.people import make_centre, make_member

pytestmark = pytest.mark.django_db
KINDS = [model for model in apps.get_app_config("clients").get_models()]
ENTRIES = [model for model in KINDS if issubclass(model, Entry)]


def kept(kind, client, /, **columns):
    """A row of this kind with the least that it must have."""
    least: dict[Any, dict[str, Any]] = {
        models.SafeContact: {"way": uuid4(), "channel": "call", "open": True},
        models.GuardianEntry: {"guardians": "not_asked"},
        models.CloseEntry: {"person": uuid4(), "closeness": "friend"},
        models.RelationEntry: {"relation": "not_asked"},
        models.JoiningEntry: {"official_id": client.pk, "together": True},
        Consent: {
            **{"purpose": "release", "recipient": "police", "answer": "yes", "wording": "w", "wording_version": "1"},
            **{"wording_language": "fi", "wording_state": "draft"},
        },
        models.GroundEntry: {
            **{"ground": uuid4(), "purpose": "release", "recipient": "police", "law": "x", "reason": b"x"},
            **{"approver": "member:1", "ends": NOW},
        },
        Disclosure: {"purpose": "release", "recipient": "police"},
    }
    common = {"centre": client.centre, "client": client, "said_at": NOW, "at": NOW, "by": "member:1"}
    return kind(**{**common, **least.get(kind, {}), **columns})


def refused(centre, row):
    """Whether the database refuses a row."""
    try:
        with within(centre.pk), transaction.atomic():
            row.save(force_insert=True)
            # Deferred checks too.
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("kind", [Client, *ENTRIES], ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("statement", ["update {} set id = id", "delete from {}", "truncate {} cascade"])
def test_what_was_said_is_never_changed_nor_removed(centre, owner, kind, statement):
    with pytest.raises(Exception, match="append-only"):
        owner(statement.format(kind._meta.db_table))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_without_a_centre_no_row_is_seen(centre, by, kind):
    client = make_client(centre, by)
    actions.shut_out(client, member=make_member(centre=centre, login="niina"), by=by, at=NOW)
    assert not kind._default_manager.exists()
    if kind in (Client, IdentityEntry, SearchKey, ShutOut):
        with within(centre.pk):
            assert kind._default_manager.exists()
        with within(make_centre("laakso").pk):
            assert not kind._default_manager.exists()


@pytest.mark.parametrize("kind", [*ENTRIES, ShutOut, SearchKey], ids=lambda kind: kind.__name__)
def test_a_row_and_its_client_are_of_one_centre(centre, by, kind):
    client, elsewhere = make_client(centre, by), make_centre("laakso")
    member = make_member(centre=centre, login="niina")
    row = {
        ShutOut: lambda: ShutOut(centre=elsewhere, client=client, member=member),
        SearchKey: lambda: SearchKey(centre=elsewhere, client=client, place="code", blind=b"x"),
    }.get(kind, lambda: kept(kind, client, centre=elsewhere))()
    assert refused(elsewhere, row)


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        (IdentityEntry, {"kind": "passport"}),
        (IdentityEntry, {"gender": "unknown"}),
        (IdentityEntry, {"age_least": 18, "age_most": 17}),
        (IdentityEntry, {"kind": "official"}),
        (IdentityEntry, {"identifier": b"x"}),
        (models.SafeContact, {"channel": "pigeon"}),
        (models.SafeContact, {"answering": "dog"}),
        (models.WishEntry, {"examiner": "x"}),
        (models.WishEntry, {"interpreter": "x"}),
        (models.WishEntry, {"support_person": "x"}),
        (models.GuardianEntry, {"guardians": "5"}),
        (models.CloseEntry, {"closeness": "x"}),
        (models.CloseEntry, {"support": "x"}),
        (models.RelationEntry, {"relation": "x"}),
        (models.JoiningEntry, {}),
        (Consent, {"purpose": "x"}),
        (Consent, {"recipient": "x"}),
        (Consent, {"scope": "Aino Virta"}),
        (Consent, {"answer": "x"}),
        (Consent, {"given": "x"}),
        (Consent, {"capacity": "x"}),
        (Consent, {"capacity": "not_now"}),
        (Consent, {"wording_state": "x"}),
        (Consent, {"ends": NOW}),
        (models.GroundEntry, {"purpose": "x"}),
        (models.GroundEntry, {"recipient": "x"}),
        (models.GroundEntry, {"scope": "Aino Virta"}),
        (models.GroundEntry, {"law": ""}),
        (models.GroundEntry, {"reason": b""}),
        (Disclosure, {"purpose": "x"}),
        (Disclosure, {"recipient": "x"}),
        (Disclosure, {"scope": "Aino Virta"}),
        (Disclosure, {}),
    ],
)
def test_a_row_that_cannot_be_so_is_refused(centre, by, kind, columns):
    assert refused(centre, kept(kind, make_client(centre, by), **columns))


@pytest.mark.parametrize("kind", [kind for kind in ENTRIES if kind not in (models.JoiningEntry, Disclosure)])
def test_the_same_rows_with_nothing_wrong_are_taken_and_nothing_was_said_in_time_to_come(centre, by, kind):
    client = make_client(centre, by)
    assert not refused(centre, kept(kind, client))
    assert refused(centre, kept(kind, client, at=NOW.replace(year=2025)))


def test_a_disclosure_rests_on_one_thing_and_not_on_two(centre, by):
    client = make_client(centre, by)
    consent, ground = kept(Consent, client), kept(models.GroundEntry, client)
    assert not refused(centre, consent)
    assert not refused(centre, ground)
    assert not refused(centre, kept(Disclosure, client, consent=consent))
    assert not refused(centre, kept(Disclosure, client, ground=ground))
    assert refused(centre, kept(Disclosure, client, consent=consent, ground=ground))


def test_a_key_of_search_is_of_a_known_place_once_and_a_code_is_one_clients(centre, by):
    client, other = make_client(centre, by), make_client(centre, by)
    row = {"centre": centre, "blind": b"x"}
    assert refused(centre, SearchKey(client=client, place="shoe_size", **row))
    assert not refused(centre, SearchKey(client=client, place="name", **row))
    assert refused(centre, SearchKey(client=client, place="name", **row))
    assert not refused(centre, SearchKey(client=client, place="code", **row))
    assert refused(centre, SearchKey(client=other, place="code", **row))


def test_a_member_is_shut_out_once(centre, by):
    row = {"centre": centre, "client": make_client(centre, by), "member": make_member(centre=centre, login="niina")}
    assert not refused(centre, ShutOut(**row))
    assert refused(centre, ShutOut(**row))


def test_rows_say_what_they_are_and_nothing_of_anybody(centre, by):
    client = make_client(centre, by, called="Aino")
    member = make_member(centre=centre, login="niina")
    assert str(ShutOut(client=client, member=member)) == f"{member.pk} from {client.pk}"
    assert str(SearchKey(client=client, place="name")) == f"name of {client.pk}"


# ── At the same time ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_while_the_client_is_taking_it_back():
    centre = make_centre()
    by = make_actor(centre=centre)
    client = make_client(centre, by)
    actions.answer(client, entry=make_entry(), by=by, at=NOW)
    begun, outcome = threading.Event(), list[Any]()

    def disclose():
        begun.set()
        try:
            outcome.append(actions.disclose(client, act=RELEASE, what="", by=by, at=NOW))
        except NoGround as refusal:
            outcome.append(refusal)
        finally:
            connection.close()

    with transaction.atomic():
        actions.answer(client, entry=make_entry(Answer.NO, said_at=NOW), by=by, at=NOW)
        thread = threading.Thread(target=disclose)
        thread.start()
        begun.wait(10)
        # It waits for this transaction: the answer is not to be seen before it ends.
        thread.join(0.3)
        assert outcome == []
    thread.join(10)
    assert [type(each) for each in outcome] == [NoGround]


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_many_times_at_once_opens_one_record():
    centre = make_centre()
    by, record, opened = make_actor(centre=centre), uuid4(), []

    def send():
        try:
            opened.append(actions.open_client(centre, record=record, by=by, at=NOW).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert opened == [record] * 6
    with within(centre.pk):
        assert (Client.objects.count(), IdentityEntry.objects.count()) == (1, 1)
