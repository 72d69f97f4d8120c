"""What the desk does, and what it refuses."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404

from poukama.doors.known import Door
from poukama.gate.rules import Actor, Permission
from poukama.helpline import access, actions
from poukama.helpline.answers import Channel, SafeContact
from poukama.helpline.models import Contact
from poukama.helpline.rules import (
    Option,
    Outcome,
    Paper,
    Reached,
    Ref,
    Refusal,
    Refused,
    Retention,
)
from poukama.staff.rules import Role
from tests.helpline.night import MINUTE, NIGHT, SAFE, Desk, actor, changes
from tests.people import make_member

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def desk() -> Desk:
    return Desk()


# ── Beginning and ending ─────────────────────────────────────────────────────────────────────────────────────


def test_a_contact_that_begins_is_the_midwifes_and_holds_nothing(desk):
    begun = desk.read(desk.begin())
    assert (begun.channel, begun.began_at, begun.ended_at, begun.mine) == (Channel.PHONE, NIGHT, None, True)
    assert not any(getattr(begun.words, name) for name in ("note", "called_name", "phone", "hours", "name_to_say"))
    assert (begun.suggestion, begun.taken, begun.late) == (None, None, False)


def test_the_same_key_begins_one_contact(desk):
    record = uuid4()
    for _ in range(3):
        desk.begin(record=record)
    assert len(access.night(desk.centre, by=desk.by, at=NIGHT).in_progress) == 1
    assert desk.lines()[:2] == [("contact.begun", 0), ("contacts.listed", None)]


def test_a_key_that_another_centre_has_begins_nothing(desk):
    record = desk.begin().id
    other = Desk("laakso", "2")
    with pytest.raises(Http404):
        other.begin(record=record)


@pytest.mark.parametrize(("ago", "taken"), [(10, True), (24 * 60, False), (-10, False)])
def test_a_contact_may_have_begun_before_the_network_came_back(desk, ago, taken):
    began = NIGHT - ago * MINUTE
    assert desk.read(desk.begin(began=began)).began_at == (began if taken else NIGHT)


def test_only_a_member_who_may_write_takes_a_call(desk):
    doctor = actor(make_member(Role.DOCTOR, centre=desk.centre, login="laine"))
    service = Actor("service", {desk.centre.pk: frozenset({Permission.CONTACT_KEEP})})
    for by in (doctor, service):
        with pytest.raises(PermissionDenied):
            desk.begin(by=by)


def test_nothing_is_needed_to_end(desk):
    ref = desk.begin()
    desk.do(actions.end, ref)
    ended = desk.read(ref)
    assert (ended.ended_at, ended.outcome, ended.retention) == (NIGHT + MINUTE, Outcome.NONE, Retention.CONTACT)
    assert (ended.mine, ended.writes) == (False, "")
    assert desk.lines()[:2] == [("contact.begun", 0), ("contact.ended", 0)]


def test_what_the_engine_said_at_the_end_is_kept(desk):
    ref = desk.begin()
    desk.do(actions.end, ref)
    suggestion = desk.read(ref).suggestion
    assert suggestion
    assert (suggestion.door, suggestion.trace[-1], suggestion.at) == (
        Door.HELPLINE,
        "perhaps_too_young",
        NIGHT + MINUTE,
    )


@pytest.mark.parametrize(("minutes", "ended"), [(1, 1), (5, 5), (60, 10), (-5, 0)])
def test_a_contact_may_have_ended_before_the_network_came_back_but_not_before_it_began(desk, minutes, ended):
    ref = desk.begin()
    desk.do(actions.end, ref, ended=NIGHT + minutes * MINUTE, at=NIGHT + 10 * MINUTE)
    assert desk.read(ref).ended_at == NIGHT + ended * MINUTE


def test_a_call_that_was_hung_up_is_counted_and_kept_as_empty(desk):
    ref = desk.begin()
    desk.do(actions.hang_up, ref)
    empty = desk.read(ref)
    assert (empty.outcome, empty.retention, empty.ended_at) == (Outcome.EMPTY, Retention.EMPTY, NIGHT + MINUTE)


def test_what_was_typed_before_a_hang_up_is_kept(desk):
    ref = desk.begin()
    desk.save(ref, note="Soittaa uudelleen")
    desk.do(actions.hang_up, ref)
    empty = desk.read(ref)
    assert (empty.outcome, empty.retention) == (Outcome.EMPTY, Retention.CONTACT)
    assert empty.words.note == "Soittaa uudelleen"


# ── Saving ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_typed_and_chosen_is_kept(desk):
    ref = desk.begin()
    row = desk.save(ref, 1, note="Sisko", language="sv", wants=["samples", "care"])
    assert (row.number, row.saves, row.saved_at, row.refused) == (1, 1, NIGHT + MINUTE, ())
    desk.save(ref, 2, note="Sisko ajaa", called_name="ليلى 🌊", caller="close_person")
    kept = desk.read(ref)
    assert (kept.words.note, kept.words.called_name) == ("Sisko ajaa", "ليلى 🌊")
    assert (kept.answers.language, kept.answers.caller) == ("sv", "close_person")
    assert kept.answers.wants == {"care", "samples"}


def test_a_save_leaves_no_line_and_the_end_says_how_many_there_were(desk):
    ref = desk.begin()
    for number in range(1, 6):
        desk.save(ref, number, note="x" * number)
    desk.do(actions.end, ref)
    assert desk.lines() == [("contact.begun", 0), ("contact.ended", 5)]


@pytest.mark.parametrize("number", [1, 2])
def test_a_save_that_came_before_changes_nothing(desk, number):
    ref = desk.begin()
    desk.save(ref, 2, note="new")
    row = desk.save(ref, number, note="old")
    assert (row.number, row.saves) == (2, 1)
    assert desk.read(ref).words.note == "new"


def test_a_choice_makes_the_suggestion_and_words_alone_do_not(desk):
    ref = desk.begin()
    desk.save(ref, 1, note="words")
    assert desk.read(ref).suggestion is None
    desk.save(ref, 2, age="18-", when="hours_6")
    suggestion = desk.read(ref).suggestion
    assert suggestion
    assert suggestion.door is Door.ON_CALL_NOW
    assert suggestion.trace[-1] == "acute_at_night"


@pytest.mark.parametrize("fields", [{"phone": "1"}, {"hours": "18"}, {"name_to_say": "Kirjasto"}, {"voicemail": True}])
def test_without_a_safe_way_nothing_is_kept_that_leads_to_the_caller(desk, fields):
    ref = desk.begin()
    row = desk.save(ref, note="kept", **fields)
    assert row.refused == tuple(fields)
    kept = desk.read(ref)
    assert kept.words.note == "kept"
    assert (kept.words.phone, kept.words.hours, kept.words.name_to_say, kept.answers.voicemail) == ("", "", "", False)


def test_a_safe_way_and_what_it_leads_to_may_come_in_one_save(desk):
    ref = desk.begin()
    row = desk.save(ref, safe_contact="message", phone="050 000 0009", voicemail=True)
    assert row.refused == ()
    kept = desk.read(ref)
    assert (kept.words.phone, kept.answers.voicemail) == ("050 000 0009", True)


def test_who_takes_the_safe_way_back_is_called_back_no_more(desk):
    ref = desk.begin()
    desk.do(actions.call_back, ref, changes=SAFE)
    desk.save(ref, safe_contact="no")
    kept = desk.read(ref)
    assert (kept.words.phone, kept.words.name_to_say, kept.answers.safe_contact) == ("", "", SafeContact.NO)
    assert [call.reached for call in kept.call_backs] == [Reached.WITHDRAWN]
    assert access.night(desk.centre, by=desk.by, at=NIGHT).call_backs == ()


# ── Paper ────────────────────────────────────────────────────────────────────────────────────────────────────

PAPER = Paper(NIGHT - 30 * HOUR, NIGHT - 29 * HOUR, changes(note="Paperilta", age="18-", when="hours_6"))


def late(desk, paper, record=None):
    row = actions.enter_late(desk.centre, record=record or uuid4(), paper=paper, by=desk.by, at=NIGHT)
    return desk.read(Ref(desk.centre.pk, row.pk))


def test_a_contact_from_paper_is_marked_as_entered_afterwards(desk):
    entered = late(desk, Paper(PAPER.began, PAPER.ended, PAPER.changes, Channel.IN_PERSON, Option.COME_NOW))
    assert (entered.late, entered.entered_at, entered.channel) == (True, NIGHT, Channel.IN_PERSON)
    assert (entered.words.note, entered.outcome, entered.ended_at) == ("Paperilta", Outcome.COME_NOW, PAPER.ended)
    assert entered.arrivals == ()
    assert entered.suggestion
    assert entered.suggestion.at == PAPER.began
    assert desk.lines()[0] == ("contact.entered_late", 0)


def test_the_same_paper_is_entered_once(desk):
    record = uuid4()
    for _ in range(2):
        late(desk, PAPER, record)
    assert [line for line in desk.lines() if line[0] == "contact.entered_late"] == [("contact.entered_late", 0)]


def test_a_call_that_nobody_answered_is_counted(desk):
    entered = late(desk, Paper(PAPER.began, PAPER.began, changes(), answered=False))
    assert entered.outcome is Outcome.UNANSWERED


def test_a_call_may_be_promised_on_paper_if_it_was_safe(desk):
    with pytest.raises(Refused):
        late(desk, Paper(PAPER.began, PAPER.ended, changes(), option=Option.CALL_BACK))
    late(desk, Paper(PAPER.began, PAPER.ended, SAFE, option=Option.CALL_BACK))
    assert len(access.night(desk.centre, by=desk.by, at=NIGHT).call_backs) == 1


@pytest.mark.parametrize(("began", "ended"), [(-1, -2), (-1, 1)])
def test_a_paper_with_times_that_cannot_be_is_refused(desk, began, ended):
    with pytest.raises(Refused) as refused:
        late(desk, Paper(NIGHT + began * HOUR, NIGHT + ended * HOUR, changes()))
    assert refused.value.refusal is Refusal.TIMES


# ── Forms sent twice, and other centres ──────────────────────────────────────────────────────────────────────

VERBS: dict[Any, dict[str, Any]] = {
    actions.take_pen: {},
    actions.take_door: {"option": Option.COME_NOW},
    actions.call_back: {"changes": SAFE},
    actions.tell: {"duty": "doctor"},
    actions.end: {},
    actions.hang_up: {},
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_form_that_is_sent_three_times_is_one_form(desk, verb):
    ref, key = desk.begin(), uuid4()
    for minutes in (1, 2, 3):
        desk.do(verb, ref, key=key, at=NIGHT + minutes * MINUTE, **VERBS[verb])
    assert [line[0] for line in desk.lines()] == ["contact.begun", vars(verb)["event"]]
    kept = desk.read(ref)
    assert (len(kept.told), len(kept.call_backs), len(kept.arrivals)) == (
        verb is actions.tell,
        verb is actions.call_back,
        verb is actions.take_door,
    )


@pytest.mark.parametrize("verb", [*VERBS, actions.save, actions.pass_on])
def test_another_centres_contact_does_not_exist(desk, verb):
    other = Desk("laakso", "2")
    ref = other.begin()
    others = {
        actions.save: {"changes": changes(), "writer": uuid4(), "number": 1},
        actions.pass_on: {"to": desk.ilona},
    }
    given = (VERBS | others)[verb]
    for seen_from in (ref, Ref(desk.centre.pk, ref.id)):
        with pytest.raises(Http404):
            desk.do(verb, seen_from, **given)
    assert [line[0] for line in other.lines()] == ["contact.begun"]


def test_what_the_database_refuses_is_not_taken_for_a_form_sent_twice(desk, monkeypatch):
    monkeypatch.setattr(actions, "told_time", lambda given, at: at + HOUR)
    with pytest.raises(IntegrityError, match="contact_is_not_to_come"):
        desk.begin()
    assert Contact.objects.count() == 0
