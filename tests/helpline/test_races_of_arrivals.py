"""Arrivals that are received at the same moment: one contact is one case, and one form is one arrival."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from poukama.audit import trail
from poukama.cases.models import Case, Visit
from poukama.gate.scope import within
from poukama.helpline import access, actions
from poukama.helpline.rules import Ref, Refusal, Refused
from tests.helpline.arrivals import CAME, attach, on_the_way, receive
from tests.helpline.night import Desk
from tests.helpline.test_races import TIMES, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def count(desk: Desk, event: str) -> int:
    with within(desk.centre.pk):
        return [line.event for line in trail.lines(desk.centre.pk)].count(event)


def rows(desk: Desk) -> tuple[int, int]:
    with within(desk.centre.pk):
        return Case.objects.count(), Visit.objects.count()


@pytest.mark.parametrize("told", [True, False], ids=["after a call", "from nothing"])
def test_a_form_that_is_sent_many_times_at_once_is_one_arrival_with_one_line(desk, told):
    contact, key = on_the_way(desk) if told else None, uuid4()
    found = at_once(*[lambda: receive(desk, contact, key=key, company=frozenset({"sibling"}))] * TIMES)
    assert {getattr(each, "pk", each) for each in found} == {key}
    assert rows(desk) == (1, 1)
    for event in ("arrival.received", "case.opened", "visit.begun", "client.opened"):
        assert count(desk, event) == 1, event


def test_of_two_midwives_who_receive_the_same_caller_at_once_one_opens_the_case_and_the_other_is_told(desk):
    contact = on_the_way(desk)
    found = at_once(partial(receive, desk, contact), partial(receive, desk, contact, by=desk.colleague))
    (refused,) = [each for each in found if isinstance(each, Refused)]
    assert refused.refusal is Refusal.ATTACHED
    assert rows(desk) == (1, 1)
    assert access.night(desk.centre, by=desk.by, at=CAME).arrivals == ()


def test_of_two_cases_to_which_a_contact_is_attached_at_once_one_has_it(desk):
    contact, cases = on_the_way(desk), [receive(desk), receive(desk)]
    found = at_once(*[partial(attach, desk, contact, case) for case in cases])
    assert sorted(isinstance(each, Refused) for each in found) == [False, True]
    assert count(desk, "contact.attached") == 1


def test_what_is_saved_while_somebody_receives_them_is_in_the_case_or_is_told_to_have_come_too_late(desk):
    contact = desk.begin()
    desk.save(contact, note="first")
    end: Callable[[], Any] = partial(desk.do, actions.end, contact)
    found = at_once(end, partial(desk.save, contact, 2, note="first and second"), partial(receive, desk, contact))
    received = [each for each in found if isinstance(each, Case)]
    late = [each.refusal for each in found if isinstance(each, Refused)]
    assert set(late) <= {Refusal.ENDED, Refusal.IN_PROGRESS}
    assert len(received) == (Refusal.IN_PROGRESS not in late)
    assert isinstance(contact, Ref)
