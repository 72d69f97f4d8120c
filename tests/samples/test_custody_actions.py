"""Custody as the actions make it: who has a sample, under which seal, and what cannot be."""

from dataclasses import replace
from threading import Barrier, Thread
from time import sleep
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.http import Http404

from poukama.cases import actions as cases
from poukama.cases.rules import CloseReason
from poukama.cases.rules import Refusal as CaseRefusal
from poukama.clients.consents import Answer
from poukama.gate.scope import within
from poukama.protocols.sampling import Answered, Irregular
from poukama.samples import custody, custody_actions, proof, writing
from poukama.samples.custody import Kind, Step, Why
from poukama.samples.models import CustodyEntry, Deviation, Kit, Sample
from poukama.samples.rules import Reason, Refusal
from poukama.samples.writing import entry_of
from poukama.staff.rules import Role
from tests.cases.working import AT, HOUR, MINUTE, break_glass, into, make_case, make_colleague, now
from tests.cases.working import refused as case_refused
from tests.samples.working import (
    STORING,
    enter,
    entries,
    impossible,
    make_sample,
    protocol_of,
    refused,
    samples,
    say,
    seal,
    seal_number,
    take,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample(case, maija):
    return make_sample(case, maija)


def kit_of(sample):
    with within(sample.centre_id):
        return Kit.objects.get(pk=sample.kit_id)


def put_on(case, member, sample, number):
    return custody_actions.seal(into(case, member), sample=sample, number=number, key=uuid4(), **now(member))


def store(case, member, sample):
    return enter(case, member, sample, Kind.STORED, place="J2", storage=sample.storage)


def test_a_sample_is_sealed_and_stored_and_the_chain_of_the_database_is_that_of_the_rules(case, maija, sample):
    enter(case, maija, sample, Kind.DRYING, AT + MINUTE, place="K1")
    enter(case, maija, sample, Kind.DRIED, AT + 2 * MINUTE)
    seal(case, maija, sample, when=AT + 3 * MINUTE)
    enter(case, maija, sample, Kind.STORED, AT + 4 * MINUTE, place="J2", storage=sample.storage)
    rows = entries(sample)
    assert [row.kind for row in rows] == ["taken", "drying", "dried", "sealed", "stored"]
    told = [(entry_of(row, sample.code), bytes(row.previous), bytes(row.hash)) for row in rows]
    assert list(proof.faults(told)) == []
    last = custody.replayed(entry for entry, _, _ in told)
    assert last is not None
    assert (last.receiver, last.place, last.seal) == ("store", "J2", seal_number())


# ── Seals ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_seal_that_was_used_is_refused_and_one_misread_too(case, maija, sample):
    seal(case, maija, sample)
    other = take(case, maija, samples(case)[1], kit_of(sample))
    with refused(Refusal.SEAL_USED):
        seal(case, maija, other)
    for number in ("00312148", other.code):
        with refused(Refusal.NOT_A_CODE):
            put_on(case, maija, other, number)


def test_a_duplicate_is_kept_with_its_reason_where_the_protocol_records_it(case, maija, sample, monkeypatch):
    seal(case, maija, sample)
    other = take(case, maija, samples(case)[1], kit_of(sample))
    protocol = replace(protocol_of(case), irregular={Irregular.DUPLICATE_SEAL: Answered.RECORD})
    monkeypatch.setattr("poukama.samples.custody_actions.sampling_at", lambda _: protocol)
    assert seal(case, maija, other, reason=Reason.MISREAD).again
    with within(case.centre_id):
        assert Deviation.objects.get().kind == "duplicate_seal"


def test_without_a_protocol_a_duplicate_is_refused(case, maija, sample, monkeypatch):
    seal(case, maija, sample)
    other = take(case, maija, samples(case)[1], kit_of(sample))
    monkeypatch.setattr("poukama.samples.custody_actions.sampling_at", lambda _: None)
    with refused(Refusal.SEAL_USED):
        seal(case, maija, other, reason=Reason.MISREAD)


def test_a_seal_is_put_on_once_however_often_the_form_is_sent(case, maija, sample):
    key = uuid4()
    assert seal(case, maija, sample, key=key) == seal(case, maija, sample, key=key)
    assert len(entries(sample)) == 2


def test_a_broken_seal_says_who_and_why_and_a_new_one_is_put_on(case, maija, sample):
    first = seal(case, maija, sample)
    with impossible(custody.Refusal.NO_REASON):
        enter(case, maija, sample, Kind.OPENED, seal="")
    enter(case, maija, sample, Kind.OPENED, seal="", reason=Why.TO_REPACK)
    seal(case, maija, sample, 3122)
    with within(case.centre_id):
        first.refresh_from_db()
    assert (first.broken_at, first.broken_by, first.why) == (AT, f"member:{maija.pk}", "to_repack")
    assert [row.seal for row in entries(sample)] == ["", seal_number(), "", seal_number(3122)]


# ── Storing ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_storing_needs_the_clients_yes_the_first_time(case, maija, sample):
    seal(case, maija, sample)
    say(case, maija, STORING, Answer.NO, AT)
    with refused(Refusal.NO_CONSENT):
        store(case, maija, sample)
    say(case, maija, STORING, Answer.YES, AT)
    assert store(case, maija, sample).rests_on.startswith("consent:")
    say(case, maija, STORING, Answer.NO, AT)
    fetched = enter(case, maija, sample, Kind.FETCHED)
    assert (fetched.giver, fetched.receiver) == ("store", f"member:{maija.pk}")
    assert store(case, maija, sample).rests_on == ""


def test_what_changes_hands_is_not_entered_by_one(case, maija, sample):
    for kind in (Kind.HANDED, Kind.RELEASED, Kind.DESTROYED, Kind.TAKEN, Kind.SEALED):
        with impossible(custody.Refusal.NOBODY):
            enter(case, maija, sample, kind, receiver="police", rests_on="consent:1", reason=Why.NOT_KNOWN)


def test_custody_goes_on_when_the_case_is_closed(case, maija, sample):
    inside = into(case, maija)
    cases.close(inside, reason=CloseReason.ALL_DONE, **now(maija))
    seal(case, maija, sample)
    store(case, maija, sample)
    assert len(entries(sample)) == 3


def test_another_cases_sample_does_not_exist(case, centre, maija, sample):
    with pytest.raises(Http404):
        enter(make_case(maija, centre), maija, sample, Kind.PACKED)


def test_after_the_hour_of_a_broken_glass_nothing_is_entered(case, centre, sample):
    niemi = make_colleague(Role.DOCTOR, centre, "niemi")
    break_glass(case, niemi)
    inside = into(case, niemi)
    with case_refused(CaseRefusal.NOT_LET_IN):
        custody_actions.enter(inside, sample=sample, step=Step(Kind.PACKED), key=uuid4(), **now(niemi, AT + HOUR))


# ── From one to another ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def niemi(case, centre, maija):
    niemi = make_colleague(Role.DOCTOR, centre, "niemi")
    cases.join_team(into(case, maija), member=niemi, role=Role.DOCTOR, key=uuid4(), **now(maija))
    return niemi


@pytest.fixture
def offered(case, maija, niemi, sample):
    seal(case, maija, sample)
    return offer(case, maija, sample, niemi)


def offer(case, giver, sample, receiver, **known):
    given = {"key": uuid4(), **now(giver), **known}
    return custody_actions.offer(into(case, giver), sample=sample, receiver=receiver, **given)


def accept(case, receiver, offered, **known):
    given = {"key": uuid4(), **now(receiver), **known}
    return custody_actions.accept(into(case, receiver), offered=offered, **given)


def test_both_say_that_a_sample_changes_hands(case, maija, niemi, sample, offered):
    key = uuid4()
    entry = accept(case, niemi, offered, key=key)
    assert accept(case, niemi, offered, key=key) == entry
    assert (entry.giver, entry.receiver, entry.confirmed) == (f"member:{maija.pk}", f"member:{niemi.pk}", "both_here")


def test_only_whoever_has_it_offers_it_and_not_to_themselves(case, maija, niemi, sample):
    with impossible(custody.Refusal.NOT_THE_HOLDER):
        offer(case, niemi, sample, maija)
    with impossible(custody.Refusal.NOBODY):
        offer(case, maija, sample, maija)
    with impossible(custody.Refusal.NOT_THE_HOLDER):
        offer(case, maija, samples(case)[1], niemi)


def test_only_the_receiver_takes_it(case, maija, offered):
    with pytest.raises(Http404):
        accept(case, maija, offered)


def test_an_offer_that_something_came_after_is_over(case, maija, niemi, sample, offered):
    enter(case, maija, sample, Kind.PACKED)
    with impossible(custody.Refusal.CHANGED):
        accept(case, niemi, offered)


def test_of_two_offers_the_newer_stands(case, centre, maija, niemi, sample, offered):
    newer = offer(case, maija, sample, niemi)
    with impossible(custody.Refusal.CHANGED):
        accept(case, niemi, offered)
    assert accept(case, niemi, newer).kind == "handed"


def test_an_offer_of_a_sample_that_is_gone_from_the_database_is_nobodys(case, maija, sample):
    with within(case.centre_id), pytest.raises(Http404):
        writing.hold(Sample(pk=uuid4(), centre_id=case.centre_id))


# ── Two at once ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_of_two_who_saw_the_same_entry_exactly_one_writes_the_next(case, maija, sample):
    """Past every lock of ours: what decides is the number, which is unique, and the hash before it."""
    newest = entries(sample)[-1]
    ready, found = Barrier(2), []

    def write(place):
        row = CustodyEntry(id=uuid4(), centre_id=case.centre_id, case_id=case.pk, sample=sample, number=2)
        row.kind, row.acted_at, row.entered_at, row.by = "drying", AT, AT, f"member:{maija.pk}"
        row.giver = row.receiver = newest.receiver
        row.place, row.previous = place, newest.hash
        try:
            with within(case.centre_id):
                ready.wait(5)
                row.save(force_insert=True)
                sleep(0.1)
            found.append(place)
        except IntegrityError:
            found.append(None)
        finally:
            connection.close()

    threads = [Thread(target=write, args=(place,)) for place in ("K1", "K2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = entries(sample)
    assert len(rows) == 2
    assert sorted(found, key=str) == sorted([rows[-1].place, None], key=str)
