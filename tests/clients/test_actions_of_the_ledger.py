"""The ledger keeps every answer; what leaves names what it rests on, and nothing leaves without."""

from dataclasses import replace

import pytest
from django.http import Http404

from poukama.audit.models import AuditEvent
from poukama.clients import access, actions
from poukama.clients.consents import Act, Answer, Capacity, NoGround, NotSound, Purpose, Recipient, Refusal
from poukama.clients.models import Consent, Disclosure
from poukama.gate.scope import within
from tests.clients.saying import (
    HOUR,
    NOW,
    RELEASE,
    make_client,
    make_entry,
    make_ground,
)

pytestmark = pytest.mark.django_db


def no_line(centre, event):
    """Whether a centre's trail has no line of a kind."""
    with within(centre.pk):
        return not AuditEvent.objects.filter(centre_id=centre.pk, event=event).exists()


def test_what_leaves_names_the_consent_that_it_rests_on(centre, by):
    client = make_client(centre, by)
    yes = actions.answer(client, entry=make_entry(), by=by, at=NOW)
    gone = actions.disclose(client, act=RELEASE, what="Two swabs", by=by, at=NOW)
    assert (gone.consent_id, gone.ground_id) == (yes.pk, None)
    (left,) = access.ledger(client, by=by, at=NOW).left
    assert (left.act, left.consent, left.what) == (RELEASE, yes.pk, "Two swabs")


def test_what_leaves_without_a_consent_names_the_legal_ground(centre, by):
    client = make_client(centre, by)
    ground = actions.name_ground(client, ground=make_ground(approver="nobody"), by=by, at=NOW)
    gone = actions.disclose(client, act=RELEASE, what="Two swabs", by=by, at=NOW)
    assert (gone.consent_id, gone.ground_id) == (None, ground.pk)
    assert ground.approver == by.key
    assert access.ledger(client, by=by, at=NOW).left[0].ground == ground.ground


def test_nothing_leaves_without_either_and_no_row_is_left(centre, by):
    client = make_client(centre, by)
    actions.answer(client, entry=make_entry(Answer.NOT_NOW), by=by, at=NOW)
    with pytest.raises(NoGround) as refused:
        actions.disclose(client, act=RELEASE, what="Two swabs", by=by, at=NOW)
    assert refused.value.refusal is Refusal.NOT_NOW
    with within(centre.pk):
        assert not Disclosure.objects.exists()
    assert no_line(centre, "disclosure.made")


def test_taking_back_stops_what_comes_and_shows_what_has_left(centre, by):
    client = make_client(centre, by)
    actions.answer(client, entry=make_entry(), by=by, at=NOW)
    actions.disclose(client, act=RELEASE, what="Two swabs", by=by, at=NOW)
    no = actions.answer(client, entry=make_entry(Answer.NO, said_at=NOW), by=by, at=NOW)
    effect = access.effect_of(no, by=by, at=NOW)
    assert (effect.stops, [left.what for left in effect.left]) == ((RELEASE,), ["Two swabs"])
    with pytest.raises(NoGround):
        actions.disclose(client, act=RELEASE, what="More", by=by, at=NOW)


def test_the_ledger_keeps_every_answer_with_its_words(centre, by):
    client = make_client(centre, by)
    asked = [
        make_entry(Answer.NOT_NOW, own_words="Ei vielä", interpreter=True, capacity=Capacity.WITH_SUPPORT),
        make_entry(Answer.YES, said_at=NOW, ends=NOW + HOUR),
    ]
    rows = [actions.answer(client, entry=entry, by=by, at=NOW) for entry in asked]
    ledger = access.ledger(client, by=by, at=NOW)
    assert ledger.entries == tuple(replace(entry, number=row.pk) for entry, row in zip(asked, rows, strict=True))
    assert ledger.newest == {RELEASE: ledger.entries[1]}


def test_a_yes_of_somebody_who_cannot_decide_now_is_not_taken_down(centre, by):
    client = make_client(centre, by)
    with pytest.raises(NotSound):
        actions.answer(client, entry=make_entry(capacity=Capacity.NOT_NOW), by=by, at=NOW)
    with within(centre.pk):
        assert not Consent.objects.exists()


def test_the_client_is_told_of_a_legal_ground_before_it_opens_anything_and_it_may_be_ended(centre, by):
    client = make_client(centre, by)
    ground = make_ground(Act(Purpose.NOTICE, Recipient.CHILD_WELFARE), told_at=None)
    row = actions.name_ground(client, ground=ground, by=by, at=NOW - HOUR)
    (named,) = access.ledger(client, by=by, at=NOW).grounds
    with pytest.raises(NoGround) as refused:
        actions.disclose(client, act=ground.act, what="Notice", by=by, at=NOW)
    assert refused.value.refusal is Refusal.NOT_TOLD
    told = actions.tell_of_ground(client, ground=named, told_at=NOW, by=by, at=NOW)
    assert actions.disclose(client, act=ground.act, what="Notice", by=by, at=NOW).ground_id == told.pk
    assert (told.ground, told.approver) == (row.ground, by.key)
    actions.end_ground(client, ground=named, by=by, at=NOW)
    assert access.ledger(client, by=by, at=NOW).grounds == ()
    assert access.may(client, ground.act, by=by, at=NOW) is Refusal.NOT_ASKED


def test_a_ground_without_a_reason_is_not_named(centre, by):
    with pytest.raises(NotSound):
        actions.name_ground(make_client(centre, by), ground=make_ground(reason=" "), by=by, at=NOW)


def test_a_ground_of_another_client_is_nobodys(centre, by):
    client, other = make_client(centre, by), make_client(centre, by)
    actions.name_ground(other, ground=make_ground(), by=by, at=NOW)
    with pytest.raises(Http404):
        actions.end_ground(client, ground=make_ground(), by=by, at=NOW)
