"""A part of what a client says is taken down by itself: the rest stays as it was, and unmasked."""

from uuid import uuid4

import pytest

from poukama.audit.models import AuditEvent
from poukama.clients import access, actions
from poukama.clients.hetu import NotAnIdentityCode
from poukama.clients.identity import IdentifierKind
from poukama.clients.rules import Examiner, Wishes
from poukama.gate.scope import within
from tests.clients.saying import NOW, RELEASE, make_client, make_entry

pytestmark = pytest.mark.django_db
CANARY = "Kanarialintu"


def written(centre, event):
    """How many lines of one kind the centre's trail has."""
    with within(centre.pk):
        return AuditEvent.objects.filter(centre_id=centre.pk, event=event).count()


def test_a_part_of_who_it_is_is_added_and_the_rest_stays_unmasked(centre, by):
    client = make_client(centre, by, called="Aino", address="Kotkankatu 3", shielded=True)
    key = uuid4()
    for _ in range(2):
        actions.add_to_identity(client, said={"name": "Aino Virta"}, key=key, by=by, at=NOW)
    assert access.head(client, by=by, at=NOW).identity.name == "Aino Virta"
    assert access.whereabouts(client, by=by, at=NOW).address == "Kotkankatu 3"
    assert [hit.called for hit in access.find(centre, "Virta", by=by, at=NOW).hits] == ["Aino"]
    assert written(centre, "identity.told") == 1


def test_a_part_of_who_it_is_that_is_no_identity_code_writes_nothing(centre, by):
    client = make_client(centre, by, called="Aino")
    wrong = {"kind": IdentifierKind.OFFICIAL, "identifier": "131052-308U"}
    with pytest.raises(NotAnIdentityCode):
        actions.add_to_identity(client, said=wrong, by=by, at=NOW)
    assert written(centre, "identity.told") == 0


def test_wishes_are_added_one_to_another(centre, by):
    client = make_client(centre, by)
    actions.add_to_wishes(client, said={"avoid": "hiljaa"}, by=by, at=NOW)
    actions.add_to_wishes(client, said={"examiner": Examiner.WOMAN}, by=by, at=NOW)
    assert access.read(client, by=by, at=NOW).wishes == Wishes(avoid="hiljaa", examiner=Examiner.WOMAN)


def test_the_name_of_an_interpreter_is_sealed_with_the_answer(centre, by):
    client = make_client(centre, by)
    row = actions.answer(client, entry=make_entry(interpreter_name=CANARY), by=by, at=NOW)
    assert CANARY.encode() not in bytes(row.interpreter_name)
    assert access.ledger(client, by=by, at=NOW).newest[RELEASE].interpreter_name == CANARY
