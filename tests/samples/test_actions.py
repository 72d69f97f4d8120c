"""Samples inside a case: kits, the list, labels, taking, and what the client does not want."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from poukama.cases import actions as cases
from poukama.cases.rules import CloseReason
from poukama.cases.rules import Refusal as CaseRefusal
from poukama.clients.consents import Answer
from poukama.gate.scope import within
from poukama.protocols.approvals import version_of
from poukama.protocols.sampling import Answered, Irregular
from poukama.samples import actions, codes, rules
from poukama.samples.models import Deviation, GloveChange, Kit, Reserve
from poukama.samples.rules import KitSaid, Reason, Refusal, State
from poukama.samples.writing import next_numbers
from poukama.staff.rules import Role
from tests.cases.working import AT, MINUTE, events, into, make_case, make_colleague, now
from tests.cases.working import refused as case_refused
from tests.people import make_centre
from tests.samples.working import (
    entries,
    list_samples,
    make_sample,
    of,
    open_kit,
    protocol_of,
    refused,
    samples,
    say,
    say_yes,
    take,
)

pytestmark = pytest.mark.django_db
YESTERDAY = dt.date(2026, 11, 23)


def deviations(case):
    with within(case.centre_id):
        return list(Deviation.objects.filter(case=case).values_list("kind", "reason"))


@pytest.fixture
def yes(case, maija):
    say_yes(case, maija)
    return case


@pytest.fixture
def kit(case, maija):
    return open_kit(case, maija)


@pytest.fixture
def other(centre, maija):
    return make_case(maija, centre)


# ── Kits ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_kit_is_opened_once_however_often_the_form_is_sent(case, maija):
    key = uuid4()
    assert open_kit(case, maija, key=key) == open_kit(case, maija, key=key)
    assert deviations(case) == []


def test_a_kit_without_a_lot_is_refused(case, maija):
    with refused(Refusal.NO_LOT):
        open_kit(case, maija, KitSaid(" "))


def test_a_kit_that_was_used_is_refused_as_this_protocol_says(case, other, maija, kit):
    with refused(Refusal.KIT_USED):
        open_kit(other, maija, reason=Reason.NO_OTHER_THERE)
    assert open_kit(other, maija, KitSaid(kit.lot)).again is False


def test_a_lot_past_its_day_is_kept_with_a_reason_as_this_protocol_says(case, maija):
    said = KitSaid("lot 1", expires=YESTERDAY)
    with refused(Refusal.NO_REASON):
        open_kit(case, maija, said)
    assert open_kit(case, maija, said, reason=Reason.NO_OTHER_THERE).lot == "LOT1"
    assert deviations(case) == [("expired_lot", "no_other_there")]


def test_a_used_kit_is_kept_as_used_again_where_the_protocol_records_it(case, other, maija, kit, monkeypatch):
    protocol = protocol_of(case)
    answers = {**protocol.irregular, Irregular.USED_KIT: Answered.RECORD}
    monkeypatch.setattr("poukama.samples.actions.sampling_at", lambda _: replace(protocol, irregular=answers))
    row = open_kit(other, maija, reason=Reason.NO_OTHER_THERE)
    assert row.again
    assert deviations(other) == [("used_kit", "no_other_there")]


def test_without_a_protocol_there_is_no_list(case, maija, monkeypatch):
    monkeypatch.setattr("poukama.samples.actions.sampling_at", lambda _: None)
    with pytest.raises(Http404):
        list_samples(case, maija)


# ── The list and the numbers ─────────────────────────────────────────────────────────────────────────────────


def test_each_item_of_the_protocol_has_a_number_of_its_own_and_its_protocols_version(case, maija):
    rows = list_samples(case, maija)
    assert [(row.group, row.item, row.wet) for row in rows] == [
        ("urine", 1, ""),
        ("mouth", 1, ""),
        ("mouth", 2, ""),
        ("skin", 1, "wet"),
        ("skin", 2, "dry"),
    ]
    assert [row.code for row in rows] == [codes.code(codes.Series.SAMPLE, number) for number in range(1, 6)]
    assert {row.protocol for row in rows} == {version_of(protocol_of(case))}
    assert all(row.labelled_at == AT and row.state == "not_yet" for row in rows)


def test_what_is_on_the_list_stays_and_another_place_is_another_set(case, other, maija):
    before = list_samples(case, maija)
    assert list_samples(case, maija) == before
    assert len(list_samples(case, maija, "skin.place", place=2)) == len(before) + 2
    assert list_samples(other, maija, "urine.first")[0].code == codes.code(codes.Series.SAMPLE, 8)


def test_a_series_that_is_used_up_gives_no_number():
    with refused(Refusal.SERIES_OVER):
        next_numbers(codes.Series.SAMPLE, codes.code(codes.Series.SAMPLE, codes.MOST), 1)


def test_a_label_that_is_printed_again_was_printed_the_first_time(case, maija):
    row = list_samples(case, maija)[0]
    actions.label(into(case, maija), samples=[row.pk], **now(maija, AT + MINUTE))
    assert samples(case)[0].labelled_at == AT


# ── Reserve numbers ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def reserve(centre, maija):
    actions.make_reserve(centre, count=2, key=uuid4(), **now(maija))
    with within(centre.pk):
        return list(Reserve.objects.order_by("code").values_list("code", flat=True))


def use(case, maija, sample, code):
    return actions.use_reserve(into(case, maija), sample=sample, code=code, **now(maija))


def test_reserve_numbers_go_on_where_they_ended(centre, maija, reserve):
    actions.make_reserve(centre, count=1, key=uuid4(), **now(maija))
    with within(centre.pk):
        assert Reserve.objects.latest("code").code == codes.code(codes.Series.RESERVE, 3)
    assert reserve == [codes.code(codes.Series.RESERVE, number) for number in (1, 2)]


def test_a_form_that_takes_reserve_numbers_takes_them_once_however_often_it_is_sent(centre, maija):
    key = uuid4()
    for _ in range(2):
        actions.make_reserve(centre, count=3, key=key, **now(maija))
    with within(centre.pk):
        assert Reserve.objects.count() == 3


def test_a_reserve_number_is_used_once(case, maija, reserve):
    one, two, *_ = list_samples(case, maija, labelled=False)
    row = use(case, maija, one, codes.spaced(reserve[0]))
    assert (row.code, row.labelled_at) == (reserve[0], AT)
    assert use(case, maija, one, reserve[0]) == row
    with refused(Refusal.CODE_USED):
        use(case, maija, two, reserve[0])


@pytest.mark.parametrize("code", ["", "R00000100", codes.code(codes.Series.SAMPLE, 1)])
def test_what_is_no_number_of_the_reserve_is_refused(case, maija, reserve, code):
    with refused(Refusal.NOT_A_CODE):
        use(case, maija, list_samples(case, maija)[0], code)


def test_a_number_that_nobody_reserved_is_refused(case, maija, reserve):
    with refused(Refusal.NOT_RESERVED):
        use(case, maija, list_samples(case, maija)[0], codes.code(codes.Series.RESERVE, 99))


def test_a_sample_that_is_taken_keeps_its_number(case, maija, reserve):
    with refused(Refusal.TAKEN):
        use(case, maija, make_sample(case, maija), reserve[0])


# ── Taking ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sample_is_taken_once_and_its_custody_begins_on_the_clients_yes(yes, maija, kit):
    key, (first, *_) = uuid4(), list_samples(yes, maija)
    row = take(yes, maija, first, kit, key=key, window="open")
    assert take(yes, maija, first, kit, key=key) == row
    assert (row.state, row.order, row.taken_by_id, row.acted_at) == ("taken", 1, maija.pk, AT)
    (entry,) = entries(row)
    assert (entry.kind, entry.receiver, entry.giver) == ("taken", f"member:{maija.pk}", "")
    assert entry.rests_on.startswith("consent:")
    assert "sample.taken" in events(yes.centre)


def test_when_it_was_taken_and_when_that_was_written_are_two_times(yes, maija, kit):
    first, *_ = list_samples(yes, maija)
    row = take(yes, maija, first, kit, AT + 9 * MINUTE, at=AT)
    assert (row.acted_at, row.entered_at) == (AT, AT + 9 * MINUTE)
    with refused(Refusal.TIMES):
        take(yes, maija, samples(yes)[1], kit, at=AT + MINUTE)


def test_what_the_client_has_not_said_yes_to_is_not_taken(case, maija, kit):
    first, *_ = list_samples(case, maija)
    with refused(Refusal.NO_CONSENT):
        take(case, maija, first, kit)


def test_a_withdrawal_holds_at_once_and_what_was_taken_before_it_may_still_be_written(yes, maija, kit):
    first, second, *_ = list_samples(yes, maija)
    say(yes, maija, of("mouth"), Answer.NO, AT + MINUTE)
    take(yes, maija, first, kit, AT + 2 * MINUTE)
    with refused(Refusal.NO_CONSENT):
        take(yes, maija, second, kit, AT + 2 * MINUTE)
    take(yes, maija, second, kit, AT + 3 * MINUTE, at=AT)


def test_out_of_order_needs_a_reason_and_is_kept_with_it(yes, maija, kit):
    *_, skin = list_samples(yes, maija)
    with refused(Refusal.NO_REASON):
        take(yes, maija, skin, kit)
    take(yes, maija, skin, kit, reason=Reason.CLIENT_WISHED)
    assert deviations(yes) == [("order", "client_wished")]


def test_a_swab_that_is_taken_before_its_label_is_a_deviation(yes, maija, kit):
    first, *_ = list_samples(yes, maija, labelled=False)
    with refused(Refusal.NO_REASON):
        take(yes, maija, first, kit)
    take(yes, maija, first, kit, reason=Reason.PRINTER_DOWN)
    assert deviations(yes) == [("no_label_before", "printer_down")]


def test_another_cases_sample_or_kit_does_not_exist(yes, other, maija, kit):
    first, *_ = list_samples(yes, maija)
    theirs, *_ = list_samples(other, maija)
    with pytest.raises(Http404):
        take(yes, maija, theirs, kit)
    with pytest.raises(Kit.DoesNotExist):
        take(yes, maija, first, open_kit(other, maija, KitSaid("LOT2")))


def test_what_is_not_wanted_is_not_taken_until_the_client_wants_it(yes, maija, kit):
    first, *_ = list_samples(yes, maija)
    for _ in range(2):
        row = actions.decide(into(yes, maija), sample=first, state=State.NOT_WANTED, **now(maija))
    assert (row.state, row.acted_at) == ("not_wanted", None)
    assert take(yes, maija, first, kit).state == "taken"
    for state in (State.NOT_RELEVANT, State.TAKEN):
        with refused(Refusal.TAKEN):
            actions.decide(into(yes, maija), sample=first, state=state, **now(maija))


def test_gloves_are_changed_before_a_group(case, maija):
    key = uuid4()
    for _ in range(2):
        actions.change_gloves(into(case, maija), group="mouth", moment=AT - MINUTE, key=key, **now(maija))
    with within(case.centre_id):
        row = GloveChange.objects.get()
    assert (row.group, row.at, row.written_at, row.member_id) == ("mouth", AT - MINUTE, AT, maija.pk)


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_coordinator_reads_and_takes_nothing(yes, maija, kaisa):
    inside = into(yes, maija)
    cases.join_team(inside, member=kaisa, role=Role.MIDWIFE_COORDINATOR, key=uuid4(), **now(maija))
    with case_refused(CaseRefusal.WALL):
        open_kit(yes, kaisa)


def test_whoever_acts_is_whoever_came_in(yes, maija, centre):
    doctor = make_colleague(Role.DOCTOR, centre)
    sample = make_sample(yes, maija)
    with pytest.raises(PermissionDenied):
        actions.decide(into(yes, maija), sample=sample, state=State.NOT_YET, **now(doctor))


def test_a_closed_case_takes_no_sample(yes, maija, kit):
    first, *_ = list_samples(yes, maija)
    inside = into(yes, maija)
    cases.close(inside, reason=CloseReason.ALL_DONE, **now(maija))
    with case_refused(CaseRefusal.CLOSED):
        take(yes, maija, first, kit)


def test_numbers_of_two_centres_do_not_meet(case, maija):
    laakso = make_centre("satama")
    minna = make_colleague(Role.MIDWIFE, laakso, "minna")
    theirs = make_case(minna, laakso)
    mine, yours = list_samples(case, maija), list_samples(theirs, minna, "urine.first")
    assert mine[0].code == yours[0].code
    with pytest.raises(Http404):
        actions.decide(into(case, maija), sample=yours[0], state=rules.State.NOT_WANTED, **now(maija))
