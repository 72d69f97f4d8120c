"""A contact goes into its case whole or not at all, and once: sealed anew, and no word of it left behind."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from poukama.audit import trail
from poukama.cases import access as cases
from poukama.cases import actions as case_actions
from poukama.cases.inside import NotLetIn
from poukama.cases.models import Case
from poukama.cases.rules import CloseReason, EntryKind
from poukama.cases.rules import Ref as CaseRef
from poukama.cases.rules import Refusal as CaseRefusal
from poukama.cases.rules import Refused as CaseRefused
from poukama.clients.models import Client
from poukama.clients.rules import Wish
from poukama.core import vault
from poukama.core.vault import Unreadable
from poukama.gate.scope import within
from poukama.helpline import access, actions, receiving
from poukama.helpline.models import Contact
from poukama.helpline.rules import Ref, Refusal, Refused
from poukama.roster.rules import Duty
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.helpline.arrivals import (
    CAME,
    REACHED,
    WAY,
    attach,
    client_of,
    departed,
    events,
    heard_in_contacts,
    on_the_way,
    read,
    receive,
    refused,
)
from tests.helpline.night import MINUTE, Desk, actor
from tests.people import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


# ── Sealed anew ──────────────────────────────────────────────────────────────────────────────────────────────


def key_file(desk: Desk, contact: Ref) -> Path:
    (found,) = Path(settings.KEYS).glob(f"{desk.centre.pk}/*/{contact.id.hex}.key") or [Path()]
    return found


def test_the_contact_holds_no_word_and_its_key_is_destroyed_once_the_case_has_them(
    desk, django_capture_on_commit_callbacks
):
    contact = on_the_way(desk)
    with within(desk.centre.pk):
        old = bytes(Contact.objects.get(pk=contact.id).note)
    place = {"centre": desk.centre.pk, "record": contact.id, "place": "helpline_contact.note"}
    with django_capture_on_commit_callbacks(execute=True):
        receive(desk, contact)
        assert vault.unseal(old, **place) == "Sisko ajaa."
    with within(desk.centre.pk):
        row = Contact.objects.get(pk=contact.id)
    assert [bytes(getattr(row, name)) for name in ("note", "called_name", "phone", "hours", "name_to_say")] == [b""] * 5
    with pytest.raises(Unreadable):
        vault.unseal(old, **place)


def test_a_key_that_outlived_a_power_cut_goes_when_the_same_is_asked_again(desk, django_capture_on_commit_callbacks):
    contact, case = on_the_way(desk), receive(desk)
    attach(desk, contact, case)
    assert key_file(desk, contact).exists()
    with django_capture_on_commit_callbacks(execute=True):
        attach(desk, contact, case)
    assert not list(Path(settings.KEYS).glob(f"{desk.centre.pk}/*/{contact.id.hex}.key"))


def test_words_that_cannot_be_opened_are_not_moved(desk):
    contact = on_the_way(desk)
    key_file(desk, contact).rename(key_file(desk, contact).with_suffix(".away"))
    with refused(Refusal.UNREADABLE):
        receive(desk, contact)
    with within(desk.centre.pk):
        assert not Case.objects.exists()
        assert Contact.objects.get(pk=contact.id).case_id is None


def test_the_database_keeps_no_word_in_an_attached_contact_and_none_in_a_case_of_another_centre(desk):
    contact, case = on_the_way(desk), receive(desk)
    with within(desk.centre.pk), pytest.raises(IntegrityError, match="holds_no_words"), transaction.atomic():
        Contact.objects.filter(pk=contact.id).update(case=case)
    laakso = Desk("laakso", "2")
    abroad = laakso.begin()
    laakso.do(actions.end, abroad)
    with within(laakso.centre.pk), pytest.raises(IntegrityError, match="of_one_centre"), transaction.atomic():
        Contact.objects.filter(pk=abroad.id).update(case_id=case.pk)


# ── All or nothing ───────────────────────────────────────────────────────────────────────────────────────────


class Cut(Exception):
    """The power goes."""


STEPS = [
    "cases.open_case",
    "cases.arrive",
    "cases.be_there",
    "cases.tell",
    "cases.write",
    "clients.tell_identity",
    "clients.tell_wishes",
    "clients.tell_way",
]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_an_arrival_that_is_cut_off_at_any_step_leaves_nothing_half_and_can_be_sent_again(
    desk, monkeypatch, step, after
):
    contact, key = on_the_way(desk, **REACHED), uuid4()
    known: dict[str, Any] = {"key": key, "company": frozenset({"sibling"}), "interpreter": True, "way": WAY}
    _cut(monkeypatch, step, after)
    with pytest.raises(Cut):
        receive(desk, contact, **known)
    monkeypatch.undo()
    with within(desk.centre.pk):
        assert not Case.objects.exists()
        assert not Client.objects.exists()
    assert access.contact(contact, by=desk.by, at=CAME).words.note == "Sisko ajaa."
    case = receive(desk, contact, **known)
    assert case.pk == key
    assert len(read(desk, case).visits) == 1


def _cut(monkeypatch: Any, step: str, after: bool) -> None:
    """The power goes before a step, or once it is done."""
    module, _dot, name = step.rpartition(".")
    where = getattr(receiving, module)
    real = getattr(where, name)

    def cut(*given: Any, **more: Any) -> Any:
        if after:
            real(*given, **more)
        raise Cut

    monkeypatch.setattr(where, name, cut)


# ── Into a case that is there ────────────────────────────────────────────────────────────────────────────────


def test_whoever_has_a_case_is_received_into_it_and_their_record_stays_as_it_is(desk):
    case = receive(desk, language="fi")
    departed(desk, case)
    contact = on_the_way(desk, called_name="Vieno", **REACHED)
    again = receive(desk, contact, case=case.pk, called="Vieno", interpreter=True, way=WAY, when=CAME + MINUTE)
    assert again == case
    person, seen = client_of(desk, case), read(desk, case)
    assert (person.head.identity.called, person.head.identity.language) == ("Aino", "fi")
    assert person.wishes.interpreter is Wish.NOT_ASKED
    assert len(seen.visits) == 2
    assert sorted(heard_in_contacts(seen)) == ["Sisko ajaa.", "Vieno\n18-20"]


def test_whoever_is_here_already_does_not_come_a_second_time_and_the_contact_stays(desk):
    case, contact = receive(desk), on_the_way(desk)
    with pytest.raises(CaseRefused, match=CaseRefusal.HERE_ALREADY):
        receive(desk, contact, case=case.pk)
    assert access.contact(contact, by=desk.by, at=CAME).words.called_name == "Aino"


def test_a_closed_case_receives_nobody(desk):
    case = receive(desk)
    departed(desk, case)
    entered = cases.enter(CaseRef(desk.centre.pk, case.pk), by=desk.by, at=CAME)
    case_actions.close(entered, reason=CloseReason.ALL_DONE, by=desk.by, at=CAME)
    with pytest.raises(CaseRefused, match=CaseRefusal.CLOSED):
        receive(desk, case=case.pk)


def test_into_a_case_that_is_not_open_to_her_a_midwife_comes_by_the_glass_or_on_duty(desk):
    case = receive(desk)
    departed(desk, case)
    outi = make_member(Role.MIDWIFE, centre=desk.centre, login="outi")
    with pytest.raises(NotLetIn):
        receive(desk, case=case.pk, by=actor(outi))
    desk.put_on_call(Duty.MIDWIFE, "2026-11-24T02:00", "2026-11-24T08:00", outi)
    assert receive(desk, case=case.pk, by=actor(outi)) == case


def test_a_contact_of_an_earlier_night_is_heard_by_whoever_worked_here_then(desk):
    contact = on_the_way(desk)
    Member.objects.filter(pk=desk.maija.pk).update(closed_at=CAME - MINUTE)
    seen = read(desk, receive(desk, contact, by=desk.colleague), desk.colleague)
    assert [line.name for line in seen.timeline if line.kind is EntryKind.CONTACT] == ["Maija"]


def test_a_contact_that_somebody_still_writes_is_not_attached(desk):
    ref = desk.begin()
    with pytest.raises(Refused, match=Refusal.IN_PROGRESS) as no:
        receive(desk, ref)
    assert no.value.who == "Maija"
    with within(desk.centre.pk):
        assert not Case.objects.exists()


def test_a_contact_is_attached_to_one_case(desk):
    contact = on_the_way(desk)
    case, other = receive(desk, contact), receive(desk)
    assert attach(desk, contact, case).case_id == case.pk
    with refused(Refusal.ATTACHED):
        attach(desk, contact, other)
    with refused(Refusal.ATTACHED):
        receive(desk, contact)
    assert events(desk).count("contact.attached") == 1


def test_only_whoever_works_at_the_desk_receives_somebody(desk):
    laine = actor(make_member(Role.DOCTOR, centre=desk.centre, login="laine"))
    with pytest.raises(PermissionDenied):
        receive(desk, by=laine)


def test_another_centres_contact_and_case_do_not_exist(desk):
    laakso = Desk("laakso", "2")
    contact, case = on_the_way(laakso), receive(laakso)
    for known in ({"contact": contact}, {"case": case.pk}):
        with pytest.raises(Http404):
            receive(desk, **known)
    with pytest.raises(Http404):
        attach(desk, contact, receive(desk))


def test_the_trail_says_what_was_done_and_nothing_of_what_was_told(desk):
    receive(desk, on_the_way(desk))
    with within(desk.centre.pk):
        lines = list(trail.lines(desk.centre.pk))
    assert {"client.opened", "case.opened", "contact.attached", "arrival.received"} <= {line.event for line in lines}
    said = str([(line.event, line.actor, line.target, line.count) for line in lines])
    assert not any(word in said for word in ("Aino", "Sisko", "050"))
