"""Reading a client leaves a line, shows no more than it must, and knows nothing of another centre."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from poukama.audit.models import AuditEvent
from poukama.centres.rules import Duty
from poukama.clients import access, actions
from poukama.clients.consents import Answer, Purpose, Recipient, Refusal
from poukama.clients.duties import Step
from poukama.clients.identity import IdentifierKind, Identity
from poukama.clients.masks import HIDDEN
from poukama.clients.reach import BY_US, Channel, Closed, NoWay
from poukama.clients.rules import Guardians
from poukama.clients.shown import Whereabouts
from poukama.doors.known import Age
from poukama.gate.rules import OPERATOR
from poukama.gate.scope import within
from poukama.staff.rules import Role
from tests.clients.saying import (
    HOUR,
    NOW,
    RELEASE,
    make_actor,
    make_client,
    make_entry,
    make_ground,
    make_hetu,
    make_way,
)
from tests.factories import ORIGIN
from tests.people import make_centre

pytestmark = pytest.mark.django_db
DUTY = Duty(18, ("police", "child_welfare"), ORIGIN)


def events(centre, by):
    """The last lines of one actor, newest first."""
    with within(centre.pk):
        rows = AuditEvent.objects.filter(centre_id=centre.pk, actor=by.key).order_by("-number")
        return [(row.event, row.target) for row in rows]


def called(found):
    return [hit.called for hit in found.hits]


# ── Finding ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_somebody_is_found_by_code_name_number_and_identifier_with_the_least_of_them(centre, by):
    client = make_client(
        centre, by, called="Aino", name="Aino Virta", kind=IdentifierKind.OFFICIAL, identifier=make_hetu()
    )
    actions.tell_way(client, way=make_way(), by=by, at=NOW)
    make_client(centre, by, called="Bea")
    code = access.head(client, by=by, at=NOW).code
    for text in (code, code.lower().replace("-", " "), "aino virta", "VIR", "virta ain", "+358400000000", make_hetu()):
        (hit,) = access.find(centre, text, by=by, at=NOW).hits
        assert (hit.client, hit.code, hit.called) == (client.pk, code, "Aino")
    for text in ("vi", "virtanen", "aino bea", "", "?", make_hetu(sign="Y")):
        assert access.find(centre, text, by=by, at=NOW).hits == ()


def test_a_search_is_a_line_that_does_not_say_what_was_looked_for(centre, by):
    access.find(centre, "Aino", by=by, at=NOW)
    assert events(centre, by)[0] == ("clients.searched", f"centres.centre:{centre.pk}")


def test_at_most_twenty_are_shown_the_newest_first_and_that_there_are_more_is_said(centre, by):
    for number in range(21):
        make_client(centre, by, called=f"Aino{number}")
    found = access.find(centre, "aino", by=by, at=NOW)
    assert called(found) == [f"Aino{number}" for number in range(20, 0, -1)]
    assert found.more
    assert not access.find(centre, "aino7", by=by, at=NOW).more


def test_a_search_asks_the_database_as_much_for_one_as_for_many(centre, by, django_assert_num_queries):
    for number in range(5):
        make_client(centre, by, called=f"Aino{number}")
    with django_assert_num_queries(10):
        access.find(centre, "aino3", by=by, at=NOW)
    with django_assert_num_queries(10):
        assert len(access.find(centre, "aino", by=by, at=NOW).hits) == 5


def test_a_client_of_another_centre_is_not_found_and_does_not_exist(centre, by):
    client, elsewhere = make_client(centre, by, called="Aino"), make_centre("laakso")
    stranger = make_actor(centre=elsewhere, login="laura")
    assert access.find(elsewhere, "Aino", by=stranger, at=NOW).hits == ()
    for place, record in ((centre, client.pk), (elsewhere, client.pk), (elsewhere, uuid4())):
        with pytest.raises(Http404):
            access.client(place, record, by=stranger)
    with pytest.raises(Http404):
        access.head(client, by=stranger, at=NOW)
    assert access.client(centre, client.pk, by=by) == client


def test_whoever_runs_the_server_reads_no_client(centre, by):
    client = make_client(centre, by)
    for attempt in (
        lambda: access.find(centre, "Aino", by=OPERATOR, at=NOW),
        lambda: access.client(centre, client.pk, by=OPERATOR),
        lambda: access.read(client, by=OPERATOR, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.NATIONAL_STATISTICIAN, Role.ADMINISTRATOR, Role.SAMPLE_KEEPER])
def test_a_role_that_does_not_meet_clients_reads_none(centre, by, role):
    client, other = make_client(centre, by), make_actor(role, centre=centre, login="other")
    with pytest.raises(PermissionDenied):
        access.head(client, by=other, at=NOW)


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("read", "event"),
    [
        (lambda client, by: access.head(client, by=by, at=NOW), "client.named"),
        (lambda client, by: access.read(client, by=by, at=NOW), "client.read"),
        (lambda client, by: access.whereabouts(client, by=by, at=NOW), "client.whereabouts_read"),
        (lambda client, by: access.masked_text(client, "", by=by, at=NOW), "client.masked"),
        (lambda client, by: access.ledger(client, by=by, at=NOW), "ledger.read"),
        (lambda client, by: access.may(client, RELEASE, by=by, at=NOW), "ledger.asked"),
        (lambda client, by: access.duty_tasks(client, DUTY, by=by, at=NOW), "client.duty_asked"),
        (lambda client, by: access.guardians_may_see(client, DUTY, by=by, at=NOW), "client.guardians_asked"),
    ],
)
def test_every_read_is_a_line_that_names_the_client_by_key(centre, by, read, event):
    client = make_client(centre, by)
    read(client, by)
    assert events(centre, by)[0] == (event, f"clients.client:{client.pk}")


def test_a_record_is_read_in_a_constant_number_of_queries(centre, by, django_assert_num_queries):
    client = make_client(centre, by)
    for _ in range(3):
        actions.tell_way(client, way=make_way(), by=by, at=NOW)
    with django_assert_num_queries(14):
        access.read(client, by=by, at=NOW)


def test_where_a_protected_client_lives_is_masked_but_for_whoever_must_know(centre, by):
    told: dict[str, Any] = {"address": "Kotkankatu 3", "municipality": "Merilahti", "gives_away": "Merilahden lukio"}
    client = make_client(centre, by, called="Aino", shielded=True, **told)
    actions.tell_way(client, way=make_way(address="040 123 4567"), by=by, at=NOW)
    shown = access.read(client, by=by, at=NOW).head.identity
    assert (shown.called, shown.address, shown.municipality, shown.gives_away) == ("Aino", HIDDEN, HIDDEN, HIDDEN)
    assert access.whereabouts(client, by=by, at=NOW) == Whereabouts(**told)
    name = access.masked_text(client, "aino_kotkankatu3_0401234567.pdf", by=by, at=NOW)
    assert name == f"aino_{HIDDEN}_{HIDDEN}.pdf"
    psychologist = make_actor(Role.PSYCHOLOGIST, centre=centre, login="psy")
    with pytest.raises(PermissionDenied):
        access.whereabouts(client, by=psychologist, at=NOW)


def test_a_sisters_number_is_not_taken_for_the_clients(centre, by):
    client = make_client(centre, by, shielded=True)
    sister = make_way(channel=Channel.CLOSE_PERSON, address="040 123 4567")
    actions.tell_way(client, way=sister, by=by, at=NOW)
    assert access.masked_text(client, "040 123 4567", by=by, at=NOW) == "040 123 4567"


# ── The way to a client ──────────────────────────────────────────────────────────────────────────────────────


def test_asking_the_way_is_a_line_whether_or_not_there_is_one(centre, by):
    client = make_client(centre, by)
    with pytest.raises(NoWay):
        access.way_to(client, Channel.CALL, by=by, at=NOW)
    actions.tell_way(client, way=make_way(), by=by, at=NOW)
    access.way_to(client, Channel.CALL, by=by, at=NOW)
    asked = [event for event, _ in events(centre, by) if event == "client.way_asked"]
    assert len(asked) == 2


def test_no_to_contact_closes_the_way_at_once(centre, by):
    client = make_client(centre, by)
    actions.tell_way(client, way=make_way(), by=by, at=NOW)
    actions.answer(client, entry=make_entry(Answer.NO, BY_US, said_at=NOW), by=by, at=NOW)
    with pytest.raises(NoWay) as refused:
        access.way_to(client, Channel.CALL, by=by, at=NOW)
    assert refused.value.closed is Closed.NO_CONTACT


def test_whether_an_act_may_be_done_is_said_without_doing_it(centre, by):
    client = make_client(centre, by)
    assert access.may(client, RELEASE, by=by, at=NOW) is Refusal.NOT_ASKED
    actions.answer(client, entry=make_entry(), by=by, at=NOW)
    assert access.may(client, RELEASE, by=by, at=NOW) is None
    assert access.ledger(client, by=by, at=NOW).left == ()


# ── Age, and what it asks ────────────────────────────────────────────────────────────────────────────────────


def steps(client, by):
    return [task.step for task in access.duty_tasks(client, DUTY, by=by, at=NOW)]


def test_a_minors_duties_go_from_telling_to_sent(centre, by):
    client = make_client(centre, by, age=Age(16, 17))
    assert steps(client, by) == [Step.TELL_CLIENT, Step.TELL_CLIENT]
    for task in access.duty_tasks(client, DUTY, by=by, at=NOW):
        actions.name_ground(client, ground=make_ground(task.act, key=uuid4(), law=task.law), by=by, at=NOW)
        assert task.act.purpose is Purpose.NOTICE
    assert steps(client, by) == [Step.SEND, Step.SEND]
    for task in access.duty_tasks(client, DUTY, by=by, at=NOW):
        actions.disclose(client, act=task.act, what="Notice", by=by, at=NOW)
    assert steps(client, by) == [Step.SENT, Step.SENT]


def test_an_age_is_read_from_a_code_only_if_the_client_gave_it(centre, by):
    code = make_hetu("251110", "A", "308")
    client = make_client(centre, by, kind=IdentifierKind.OFFICIAL, identifier=code, age=Age(30, 30))
    assert steps(client, by) == []
    told = Identity(kind=IdentifierKind.OFFICIAL, identifier=code, code_from_client=True)
    actions.tell_identity(client, identity=told, by=by, at=NOW)
    assert steps(client, by) == [Step.TELL_CLIENT, Step.TELL_CLIENT]


def test_an_unknown_age_is_asked_and_a_grown_up_has_no_duties(centre, by):
    assert steps(make_client(centre, by), by) == [Step.ASK_AGE, Step.ASK_AGE]
    assert steps(make_client(centre, by, age=Age(18, None)), by) == []


def test_guardians_may_see_what_was_decided_while_there_is_a_duty_that_says_who_is_a_minor(centre, by):
    client = make_client(centre, by, age=Age(16, 17))
    seen = [access.guardians_may_see(client, DUTY, by=by, at=NOW)]
    for guardians in (Guardians.CAPABLE_ALLOWS, Guardians.CAPABLE_FORBIDS):
        actions.decide_guardians(client, guardians=guardians, by=by, at=NOW)
        seen.append(access.guardians_may_see(client, DUTY, by=by, at=NOW))
        assert not access.guardians_may_see(client, None, by=by, at=NOW)
    assert seen == [False, True, False]


def test_a_way_that_expires_is_read_as_it_was_said(centre, by):
    client = make_client(centre, by)
    way = make_way(
        "Mo-Fr 09:00-15:00", expires=NOW + 100 * HOUR, voicemail=True, name_we_say="Satama", code_word="lokki"
    )
    row = actions.tell_way(client, way=way, by=by, at=NOW)
    assert access.read(client, by=by, at=NOW).head.ways == (replace(way, number=row.pk),)


def test_the_recipients_of_the_shipped_duties_are_ones_that_we_know():
    assert {"police", "child_welfare"} <= set(Recipient)


# ── The ledger as a page and as paper ────────────────────────────────────────────────────────────────────────


def test_the_ledger_says_of_each_act_that_is_asked_about_why_it_may_not_be_done(centre, by):
    client = make_client(centre, by)
    actions.answer(client, entry=make_entry(Answer.NOT_NOW), by=by, at=NOW)
    actions.answer(client, entry=make_entry(Answer.YES, BY_US), by=by, at=NOW)
    assert access.ledger(client, acts=[RELEASE, BY_US], by=by, at=NOW).refusals == {
        RELEASE: Refusal.NOT_NOW,
        BY_US: None,
    }
    assert access.ledger(client, by=by, at=NOW).refusals == {}


def test_the_copy_of_a_ledger_hides_where_a_protected_client_lives_and_is_a_line_of_its_own(centre, by):
    client = make_client(centre, by, address="Kotkankatu 3", shielded=True)
    actions.answer(
        client, entry=make_entry(Answer.NO, own_words="ei Kotkankadulle", interpreter_name="Irina"), by=by, at=NOW
    )
    copy = access.copy_of_ledger(client, by=by, at=NOW)
    for entry in (*copy.entries, *copy.newest.values()):
        assert (entry.own_words, entry.interpreter_name) == (f"ei {HIDDEN}", "Irina")
    assert events(centre, by)[0] == ("ledger.printed", f"clients.client:{client.pk}")
