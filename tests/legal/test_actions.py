"""Notices: nothing goes that rests on nothing, and the client is told first."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404

from poukama.cases import access as cases
from poukama.cases import actions as verbs
from poukama.cases.rules import CloseReason, Doing, EntryKind, Title, Turn
from poukama.cases.rules import Refusal as CaseRefusal
from poukama.clients import access as clients
from poukama.clients.actions import answer
from poukama.clients.consents import Answer, NoGround, NotSound
from poukama.gate.scope import within
from poukama.legal import access, actions
from poukama.legal.models import Notice
from poukama.legal.rules import How, Means, Refusal, Refused, Sending, Telling, Written, act_for, within_minute
from poukama.staff.rules import Role
from tests.cases.working import AT, MINUTE, events, into, make_case, now, opened
from tests.cases.working import refused as case_refused
from tests.clients.saying import make_entry
from tests.legal.conftest import LAW, begin, ground

SENT = Sending(Means.PHONE, AT, "a number")


def refused(refusal):
    return pytest.raises(Refused, match=rf"^{refusal}$")


def send(case, member, notice, sending=SENT):
    return actions.send(into(case, member), notice=notice, sending=sending, **now(member))


def test_a_notice_goes_on_a_ground_of_which_the_client_was_told_and_is_in_the_ledger(case, sini, young):
    notice = begin(case, sini)
    ground(case, sini, notice)
    for _ in range(2):
        send(case, sini, notice)
    (shown,) = access.notices(opened(case, sini))
    assert (shown.law, shown.means, shown.proof, shown.whom) == (
        "an invented law",
        Means.PHONE,
        "a number",
        "a station",
    )
    assert (shown.told_how, shown.sent_by) == (How.IN_PERSON, "Sini")
    (left,) = clients.ledger(young, **now(sini)).left
    assert (left.act, left.what) == (act_for("police"), "a station")
    kinds = [line.kind for line in cases.timeline(opened(case, sini))]
    assert kinds.count(EntryKind.NOTICE) == 1
    assert events(case.centre).count("notice.sent") == 1


@pytest.mark.parametrize("recipient", ["police", "child_welfare", "shelter", "support_service", "harbour_master"])
def test_nothing_goes_that_rests_on_nothing(case, sini, recipient):
    notice = begin(case, sini, recipient)
    with pytest.raises(NoGround):
        send(case, sini, notice)
    assert access.notices(opened(case, sini))[0].sent_at is None
    assert "disclosure.made" not in events(case.centre)


def test_a_notice_goes_on_the_clients_yes_and_not_after_it_is_taken_back(case, sini, young):
    first, second = begin(case, sini), begin(case, sini)
    answer(young, entry=make_entry(act=act_for("police")), **now(sini))
    assert send(case, sini, first).law == ""
    answer(young, entry=make_entry(Answer.NO, act=act_for("police"), said_at=AT), **now(sini))
    with pytest.raises(NoGround, match="no"):
        send(case, sini, second)


def test_a_ground_of_which_nobody_told_the_client_waits_until_they_are_told(case, sini):
    notice, key = begin(case, sini), uuid4()
    ground(case, sini, notice, telling=None)
    with pytest.raises(NoGround, match="not_told"):
        send(case, sini, notice)
    telling = Telling(AT, How.BY_PHONE)
    for _ in range(2):
        actions.tell_client(into(case, sini), notice=notice, telling=telling, key=key, **now(sini, AT))
    assert send(case, sini, notice).told_how == How.BY_PHONE


def test_a_reason_not_to_tell_first_lets_it_go_too(case, sini):
    notice = begin(case, sini)
    ground(case, sini, notice, telling=None, untold="an invented reason not to")
    assert send(case, sini, notice).told_at is None


def test_there_is_nothing_to_tell_of_before_a_ground_is_named(case, sini):
    notice = begin(case, sini)
    with refused(Refusal.NO_GROUND):
        actions.tell_client(
            into(case, sini), notice=notice, telling=Telling(AT, How.IN_PERSON), key=uuid4(), **now(sini)
        )


def test_what_it_rests_on_must_have_been_there_when_it_went(case, sini):
    notice = begin(case, sini)
    ground(case, sini, notice)
    with pytest.raises(NoGround):
        send(case, sini, notice, Sending(Means.LETTER, AT - MINUTE))


def test_a_ground_without_a_law_is_none(case, sini):
    with pytest.raises(NotSound):
        ground(case, sini, begin(case, sini), law=" ")


def test_a_ground_named_twice_by_one_form_is_one_line(case, sini):
    notice, key = begin(case, sini), uuid4()
    actions.name_ground(into(case, sini), notice=notice, ground=LAW, key=key, **now(sini))
    later = AT + MINUTE
    again = {"notice": notice, "ground": LAW, "key": key, **now(sini, later)}
    actions.name_ground(into(case, sini, when=later), **again)
    assert events(case.centre).count("notice.grounded") == 1


def test_a_notice_without_words_or_whom_is_not_sent(case, sini):
    notice = begin(case, sini, written=False)
    ground(case, sini, notice)
    with refused(Refusal.NOT_WRITTEN):
        send(case, sini, notice)
    actions.write(into(case, sini), notice=notice, written=Written("a station", " ", 0), **now(sini))
    with refused(Refusal.NOT_WRITTEN):
        send(case, sini, notice)


def test_two_who_write_at_once_do_not_write_over_each_other(case, sini, maija):
    notice = begin(case, sini)
    with refused(Refusal.ELSEWHERE):
        actions.write(into(case, maija), notice=notice, written=Written("another", "other words", 0), **now(maija))
    # The same again is no quarrel.
    same = Written("a station", "what is told", 0)
    assert actions.write(into(case, maija), notice=notice, written=same, **now(maija)).saves == 1


def test_a_notice_that_is_sent_changes_no_more(case, sini):
    notice = begin(case, sini)
    ground(case, sini, notice)
    send(case, sini, notice)
    with refused(Refusal.SENT):
        actions.write(into(case, sini), notice=notice, written=Written("x", "y", 1), **now(sini))
    with pytest.raises(DatabaseError), within(case.centre_id):
        Notice.objects.filter(pk=notice.pk).update(law="another")


def test_begun_twice_it_is_one(case, sini):
    key = uuid4()
    for recipient in ("police", "shelter"):
        actions.begin(into(case, sini), recipient=recipient, key=key, **now(sini))
    assert [shown.recipient for shown in access.notices(opened(case, sini))] == ["police"]


def test_sending_does_the_task_that_waited_for_it(case, sini):
    doing = Doing(Title.TELL_POLICE, Turn(Role.SOCIAL_WORKER))
    verbs.add_task(into(case, sini), doing=doing, key=uuid4(), **now(sini))
    for recipient in ("shelter", "police"):
        notice = begin(case, sini, recipient)
        ground(case, sini, notice)
        assert len(cases.tasks(opened(case, sini))) == 1
        send(case, sini, notice)
    assert cases.tasks(opened(case, sini)) == ()


# ── Walls ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_behind_the_wall_nothing_is_read_and_nothing_written(case, house, sini):
    notice = begin(case, sini)
    hanna, pia = house["hanna"], house["pia"]
    for reading in (lambda: access.notices(opened(case, hanna)), lambda: access.notice(into(case, hanna), notice.pk)):
        with pytest.raises(PermissionDenied):
            reading()
    for member in (hanna, pia):
        with case_refused(CaseRefusal.WALL):
            actions.begin(into(case, member), recipient="police", key=uuid4(), by=now(member)["by"], at=AT)
    assert access.notices(opened(case, pia))[0].words == "what is told"


def test_a_notice_of_another_case_is_not_there(case, sini, maija, centre):
    other = make_case(maija, centre)
    notice = begin(other, maija)
    with pytest.raises(Http404):
        access.notice(into(case, maija), notice.pk)


def test_a_closed_case_takes_no_notice(case, maija):
    notice = begin(case, maija)
    verbs.close(into(case, maija), reason=CloseReason.ALL_DONE, **now(maija))
    with case_refused(CaseRefusal.CLOSED):
        actions.write(into(case, maija), notice=notice, written=Written("x", "y", 1), **now(maija))


def test_whoever_answers_for_a_ground_is_named(case, sini):
    ground(case, sini, begin(case, sini))
    key = now(sini)["by"].key
    assert access.approvers(opened(case, sini), frozenset({key, "operator"})) == {key: "Sini"}


# ── Rules ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_minute_that_is_still_to_come_is_refused():
    with refused(Refusal.TIMES):
        within_minute(AT + MINUTE, AT)
    assert within_minute(AT - 5 * MINUTE, AT) == AT - 4 * MINUTE
