"""A record is destroyed by two, for good: its key and what finds it are gone, and the others are as they were."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError
from django.http import Http404

from poukama.audit import trail
from poukama.centres.models import Centre
from poukama.clients import access, actions
from poukama.clients.identity import Identity
from poukama.clients.models import Client, Destruction, SearchKey
from poukama.clients.rules import DestroyedFor, NotOfTwo
from poukama.core import keys, vault
from poukama.gate.scope import within
from poukama.staff.rules import Role
from tests.clients.saying import NOW, make_actor
from tests.people import make_centre


@pytest.fixture
def ida(centre):
    """An administrator."""
    return make_actor(Role.ADMINISTRATOR, centre=centre, login="ida")


@pytest.fixture
def tuula(centre):
    """The privacy officer."""
    return make_actor(Role.PRIVACY_OFFICER, centre=centre, login="tuula")


@pytest.fixture
def client(centre, by) -> Client:
    return opened(centre, by, "Aino")


def opened(centre: Centre, by, called: str) -> Client:
    return actions.open_client(centre, identity=Identity(called=called), by=by, at=NOW)


def destroy(client: Client, ida, tuula) -> Destruction:
    return actions.destroy(client, reason=DestroyedFor.KEPT_LONG_ENOUGH, asked_by=ida, by=tuula, at=NOW)


def lines(centre: Centre) -> list[tuple[str, str, str]]:
    with within(centre.pk):
        return [(line.event, line.actor, line.target) for line in trail.lines(centre.pk)]


def test_the_key_and_what_finds_it_are_gone_and_the_others_stay(
    centre, by, client, ida, tuula, django_capture_on_commit_callbacks
):
    other = opened(centre, by, "Bo")
    with django_capture_on_commit_callbacks(execute=True):
        row = destroy(client, ida, tuula)
    assert (row.asked_by, row.confirmed_by, str(row)) == (ida.key, tuula.key, f"destruction of {client.pk}")
    assert not vault.has_key(centre.pk, client.pk)
    with pytest.raises(vault.Unreadable):
        access.head(client, by=by, at=NOW)
    with within(centre.pk):
        assert set(SearchKey.objects.values_list("client_id", flat=True)) == {other.pk}
    assert access.find(centre, "Aino", by=by, at=NOW).hits == ()
    assert access.head(other, by=by, at=NOW).identity.called == "Bo"
    assert len(keys.versions(centre.pk)) > 1


def test_nothing_is_destroyed_before_it_is_written_down(centre, client, ida, tuula, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        destroy(client, ida, tuula)
        assert vault.has_key(centre.pk, client.pk)
    assert len(waiting) == 1


def test_both_are_lines_of_the_trail(centre, client, ida, tuula):
    before = len(lines(centre))
    destroy(client, ida, tuula)
    assert lines(centre)[before:] == [
        ("destruction.asked", ida.key, f"clients.client:{client.pk}"),
        ("record.destroyed", tuula.key, f"clients.destruction:{client.pk}"),
    ]


def test_destroying_again_is_the_same_destruction(centre, client, ida, tuula):
    first = destroy(client, ida, tuula)
    written = len(lines(centre))
    assert destroy(client, tuula, ida) == first
    assert len(lines(centre)) == written


def test_one_person_alone_destroys_nothing(client, ida, tuula):
    with pytest.raises(NotOfTwo):
        destroy(client, ida, ida)
    row = Destruction(client=client, centre=client.centre, at=NOW, asked_by="a", confirmed_by="a", reason="by_mistake")
    with pytest.raises(IntegrityError, match="destruction_is_of_two"), within(client.centre_id):
        row.save(force_insert=True)


def test_whoever_may_not_does_not_and_whoever_is_elsewhere_knows_of_nothing(client, by, ida, tuula):
    with pytest.raises(PermissionDenied):
        destroy(client, by, tuula)
    with pytest.raises(PermissionDenied):
        destroy(client, ida, by)
    stranger = make_actor(Role.ADMINISTRATOR, centre=make_centre("laakso"), login="stranger")
    with pytest.raises(Http404):
        destroy(client, stranger, tuula)


def test_a_destruction_stays_as_it_was_written(client, ida, tuula):
    destroy(client, ida, tuula)
    with pytest.raises(DatabaseError, match="append-only"), within(client.centre_id):
        Destruction.objects.update(reason="by_mistake")


def test_a_client_whose_key_is_missing_is_not_found_and_the_others_are(centre, by, client):
    other = opened(centre, by, "Aino")
    vault.destroy_key(centre.pk, client.pk)
    assert [hit.client for hit in access.find(centre, "Aino", by=by, at=NOW).hits] == [other.pk]
