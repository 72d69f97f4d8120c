"""Whoever comes is received into a case with what they told: whole or not at all, once, and read there from then on."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

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
from poukama.cases.need import Purpose
from poukama.cases.rules import CloseReason, EntryKind, Kind, Leaving, Present
from poukama.cases.rules import Ref as CaseRef
from poukama.cases.rules import Refusal as CaseRefusal
from poukama.cases.rules import Refused as CaseRefused
from poukama.cases.told import Said, Topic, event, read_time
from poukama.clients import access as clients
from poukama.clients.actions import shut_out
from poukama.clients.models import Client
from poukama.clients.reach import Channel, Way
from poukama.clients.rules import Wish
from poukama.core import vault
from poukama.core.hours import Hours
from poukama.core.vault import Unreadable
from poukama.doors.known import Age
from poukama.gate.scope import within
from poukama.helpline import access, actions, receiving
from poukama.helpline.answers import When
from poukama.helpline.arriving import Coming, InCase
from poukama.helpline.models import Contact
from poukama.helpline.rules import ArrivalState, Option, Ref, Refusal, Refused, interval
from poukama.helpline.shown import Attached
from poukama.roster.rules import Duty
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.factories import HELSINKI, at
from tests.helpline.night import MINUTE, NIGHT, Desk, actor
from tests.people import make_member

pytestmark = pytest.mark.django_db
CAME = at("2026-11-24T03:20")
TOLD = {
    "called_name": "Aino",
    "language": "sv",
    "safe_now": "yes",
    "hurt": "no",
    "neck": "unknown",
    "suicidal": "unsaid",
    "when": "hours_6",
    "age": "18-",
    "wants": ["care"],
    "note": "Sisko ajaa.",
}
REACHED = {"safe_contact": "call", "phone": "050 000 0009", "hours": "18-20", "name_to_say": "Kirjasto"}
WAY = Way(uuid4(), Channel.CALL, True, "050 000 0009", Hours("24/7", HELSINKI, "FI"), CAME, name_we_say="Kirjasto")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def on_the_way(desk: Desk, **fields: Any) -> Ref:
    """A contact that has ended, of somebody who comes now."""
    ref = desk.begin()
    desk.save(ref, **{**TOLD, **fields})
    desk.do(actions.take_door, ref, option=Option.COME_NOW)
    desk.do(actions.end, ref)
    return ref


def receive(desk: Desk, contact: Ref | None = None, *, key: UUID | None = None, **known: Any) -> Case:
    by, when = known.pop("by", desk.by), known.pop("when", CAME)
    told = {"called": "Aino", "language": "sv"} | known
    coming = Coming(contact=contact.id if contact else None, **told)
    return actions.receive(desk.centre, coming=coming, key=key or uuid4(), by=by, at=when)


def read(desk: Desk, case: Case, member: Any = None) -> cases.CasePage:
    ref = CaseRef(desk.centre.pk, case.pk)
    return cases.case_page(ref, purpose=Purpose.CARE, by=member or desk.by, at=CAME)


def client_of(desk: Desk, case: Case) -> Any:
    row = clients.client(desk.centre, case.client_id, by=desk.by)
    return clients.read(row, by=desk.by, at=CAME)


def heard_in_contacts(seen: cases.CasePage) -> list[str]:
    return [str(line.words) for line in seen.timeline if line.kind is EntryKind.CONTACT]


def events(desk: Desk) -> list[str]:
    with within(desk.centre.pk):
        return [line.event for line in trail.lines(desk.centre.pk)]


def in_list(desk: Desk, by: Any = None) -> Any:
    return access.night(desk.centre, by=by or desk.by, at=CAME)


# ── From nothing ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_case_opens_with_a_called_name_only(desk):
    case = receive(desk, language="")
    seen, person = read(desk, case), client_of(desk, case)
    assert (person.head.identity.called, person.head.identity.language) == ("Aino", "")
    assert person.wishes.interpreter is Wish.NOT_ASKED
    assert {line.kind for line in seen.timeline} == {EntryKind.ARRIVED, EntryKind.OPENED}
    assert seen.told.picture == {}


def test_a_case_opens_with_nothing_at_all(desk):
    assert client_of(desk, receive(desk, called="", language="")).head.identity.called == ""


def test_the_midwife_who_receives_is_on_the_team_in_her_role_and_so_is_a_coordinator(desk):
    (seat,) = read(desk, receive(desk)).team
    assert (seat.member, seat.role) == (desk.maija.pk, Role.MIDWIFE)
    (seat,) = read(desk, receive(desk, by=desk.colleague), desk.colleague).team
    assert (seat.member, seat.role) == (desk.ilona.pk, Role.MIDWIFE_COORDINATOR)


def test_the_visit_has_its_hour_its_room_and_who_came_along(desk):
    case = receive(desk, room="1", company=frozenset({"sibling"}), arrived_at=CAME - 5 * MINUTE)
    seen = read(desk, case)
    (visit,) = seen.visits
    assert (visit.arrived_at, visit.room) == (CAME - 5 * MINUTE, "1")
    assert [there.who for there in visit.there] == [Present.COMPANION]
    (account,) = seen.told.picture[Topic.COMPANION]
    assert (account.fact.telling.codes, account.fact.heard_by) == (frozenset({"sibling"}), desk.maija.pk)


def test_whoever_is_alone_has_said_so_and_nobody_is_there(desk):
    seen = read(desk, receive(desk, company=frozenset({"alone"})))
    assert seen.visits[0].there == ()
    assert seen.told.picture[Topic.COMPANION][0].fact.telling.codes == {"alone"}


def test_an_interpreter_is_a_wish_with_its_language(desk):
    wishes = client_of(desk, receive(desk, language="ar", interpreter=True)).wishes
    assert (wishes.interpreter, wishes.interpreter_language) == (Wish.WISHED, "ar")


def test_a_way_is_open_as_the_client_opened_it(desk):
    case = receive(desk, way=WAY)
    (way,) = client_of(desk, case).head.ways
    assert (way.open, way.address, way.name_we_say) == (True, "050 000 0009", "Kirjasto")


def test_a_case_for_another_place_says_at_whose_request(desk):
    case = receive(desk, kind=Kind.FOR_ANOTHER, asked_by="children")
    assert (case.kind, case.asked_by) == (Kind.FOR_ANOTHER, "children")


def test_a_form_that_is_sent_again_is_the_same_arrival(desk):
    key = uuid4()
    first, lines = receive(desk, key=key, way=WAY, company=frozenset({"friend"})), None
    lines = events(desk)
    assert receive(desk, key=key, way=WAY, company=frozenset({"friend"})) == first
    assert events(desk) == lines
    with within(desk.centre.pk):
        assert Case.objects.count() == 1


# ── With what was told ───────────────────────────────────────────────────────────────────────────────────────


def test_what_was_told_is_in_the_case_with_who_heard_it_when_and_in_which_contact(desk):
    contact = on_the_way(desk)
    seen = read(desk, receive(desk, contact))
    facts = {topic: accounts[0].fact for topic, accounts in seen.told.picture.items()}
    assert {topic: fact.telling.said for topic, fact in facts.items()} == {
        Topic.SAFE_NOW: Said.YES,
        Topic.INJURIES: Said.NO,
        Topic.NECK: Said.UNKNOWN,
        Topic.SUICIDAL: Said.UNSAID,
        Topic.TIME: Said.TOLD,
        Topic.WANTS: Said.TOLD,
    }
    assert {(fact.heard_by, fact.heard_at, fact.contact) for fact in facts.values()} == {
        (desk.maija.pk, NIGHT, contact.id)
    }
    assert event(seen.told.picture) == interval(When.HOURS_6, NIGHT)
    (code,) = facts[Topic.TIME].telling.codes
    assert (seen.opened.case.event_earliest, seen.opened.case.event_latest) == (
        read_time(code).earliest,
        read_time(code).latest,
    )


def test_the_note_is_the_words_of_the_contact_in_the_timeline(desk):
    contact = on_the_way(desk)
    seen = read(desk, receive(desk, contact, by=desk.colleague), desk.colleague)
    (line,) = [line for line in seen.timeline if line.kind is EntryKind.CONTACT]
    assert (line.words, line.name, line.at, line.contact) == ("Sisko ajaa.", "Maija", NIGHT, contact.id)


def test_the_clients_record_has_the_age_and_a_wish_and_nothing_is_kept_twice(desk):
    contact = on_the_way(desk, interpreter=True, **REACHED)
    case = receive(desk, contact, interpreter=True, way=WAY)
    person = client_of(desk, case)
    assert person.head.age == Age(18)
    assert person.wishes.interpreter_language == "sv"
    assert sorted(heard_in_contacts(read(desk, case))) == ["18-20", "Sisko ajaa."]


def test_hours_that_the_way_has_are_not_kept_a_second_time(desk):
    way = replace(WAY, hours=Hours("Mo-Su 18:00-20:00", HELSINKI, "FI"))
    case = receive(desk, on_the_way(desk, **REACHED), way=way)
    assert [line.words for line in read(desk, case).timeline if line.kind is EntryKind.CONTACT] == ["Sisko ajaa."]


def test_what_was_said_of_a_way_that_is_not_opened_is_not_lost(desk):
    case = receive(desk, on_the_way(desk, **REACHED))
    assert client_of(desk, case).head.ways == ()
    assert sorted(heard_in_contacts(read(desk, case))) == ["050 000 0009\n18-20\nKirjasto", "Sisko ajaa."]


def test_a_contact_in_which_nothing_was_told_is_attached_too(desk):
    ref = desk.begin()
    desk.do(actions.end, ref)
    seen = read(desk, receive(desk, ref, called="", language=""))
    assert [line.words for line in seen.timeline if line.kind is EntryKind.CONTACT] == [""]
    assert seen.told.picture == {}


def test_whoever_was_expected_has_come(desk):
    contact = on_the_way(desk)
    receive(desk, contact)
    assert in_list(desk).arrivals == ()
    with within(desk.centre.pk):
        (arrival,) = Contact.objects.get(pk=contact.id).arrivals.all()
    assert (arrival.state, arrival.closed_at) == (ArrivalState.MET, CAME)


def test_the_list_shows_the_code_and_the_way_to_the_case_and_no_name(desk):
    contact = on_the_way(desk)
    case = receive(desk, contact)
    (row,) = in_list(desk).ended
    assert (row.called_name, row.attached) == ("", Attached(case.pk, client_of(desk, case).head.code))


def test_for_whom_the_record_does_not_exist_the_list_says_no_more_than_that_there_is_a_case(desk):
    case = receive(desk, on_the_way(desk))
    with within(desk.centre.pk):
        client = Client.objects.get(pk=case.client_id)
    shut_out(client, member=desk.ilona, by=desk.by, at=CAME)
    (row,) = in_list(desk, desk.colleague).ended
    assert row.attached == Attached()


def test_an_attached_contact_is_read_in_its_case_alone(desk):
    contact = on_the_way(desk)
    case = receive(desk, contact)
    with pytest.raises(InCase) as elsewhere:
        access.contact(contact, by=desk.by, at=CAME)
    assert elsewhere.value.case == case.pk
    with pytest.raises(NotLetIn):
        read(desk, case, desk.colleague)


def test_a_promise_to_an_attached_contact_stays_and_its_number_is_in_the_case(desk):
    ref = desk.begin()
    desk.save(ref, **TOLD, **REACHED)
    desk.do(actions.take_door, ref, option=Option.CALL_BACK)
    desk.do(actions.end, ref)
    case = receive(desk, ref)
    (call,) = in_list(desk).call_backs
    assert (call.phone, call.called_name) == ("", "")
    assert call.attached == Attached(case.pk, client_of(desk, case).head.code)


def test_somebody_expected_whose_contact_is_only_attached_is_expected_still(desk):
    contact, case = on_the_way(desk), receive(desk)
    attach(desk, contact, case)
    (coming,) = in_list(desk).arrivals
    assert coming.attached == Attached(case.pk, client_of(desk, case).head.code)


def test_the_list_costs_the_same_however_many_are_attached(desk, django_assert_num_queries):
    for _ in range(3):
        receive(desk, on_the_way(desk))
        with django_assert_num_queries(14):
            in_list(desk)


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


def attach(desk: Desk, contact: Ref, case: Case, by: Any = None) -> Contact:
    entered = cases.enter(CaseRef(desk.centre.pk, case.pk), by=by or desk.by, at=CAME)
    return actions.attach(contact, entered=entered, by=by or desk.by, at=CAME)


def refused(refusal: Refusal) -> Any:
    return pytest.raises(Refused, match=rf"^{refusal}$")


def departed(desk: Desk, case: Case) -> None:
    entered = cases.enter(CaseRef(desk.centre.pk, case.pk), by=desk.by, at=CAME)
    with within(desk.centre.pk):
        (visit,) = read(desk, case).visits
        row = cases.visit(entered, visit.id)
    case_actions.depart(entered, visit=row, leaving=Leaving(), by=desk.by, at=CAME)


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
