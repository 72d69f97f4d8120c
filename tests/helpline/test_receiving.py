"""Whoever comes is received into a case with what they told, and what they told is read there from then on."""

from dataclasses import replace
from uuid import uuid4

import pytest

from poukama.cases.inside import NotLetIn
from poukama.cases.models import Case
from poukama.cases.rules import EntryKind, Kind, Present
from poukama.cases.told import Said, Topic, event, read_time
from poukama.clients.actions import shut_out
from poukama.clients.models import Client
from poukama.clients.rules import Wish
from poukama.core.hours import Hours
from poukama.doors.known import Age
from poukama.gate.scope import within
from poukama.helpline import access, actions
from poukama.helpline.answers import When
from poukama.helpline.arriving import InCase
from poukama.helpline.models import Contact
from poukama.helpline.rules import ArrivalState, Option, interval
from poukama.helpline.shown import Attached
from poukama.staff.rules import Role
from tests.factories import HELSINKI
from tests.helpline.arrivals import (
    CAME,
    REACHED,
    TOLD,
    WAY,
    attach,
    client_of,
    events,
    heard_in_contacts,
    in_list,
    on_the_way,
    read,
    receive,
)
from tests.helpline.night import MINUTE, NIGHT, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


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


def test_the_timeline_opens_the_case_before_anything_happens_or_is_told_in_it(desk):
    for _ in range(3):
        seen = read(desk, receive(desk, room="1", company=frozenset({"sibling"})))
        assert [line.kind for line in seen.timeline] == [EntryKind.OPENED, EntryKind.ARRIVED, EntryKind.TOLD]


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
        with django_assert_num_queries(13):
            in_list(desk)
