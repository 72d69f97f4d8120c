"""A doctor answers for what the pack says, and takes it back: a row each, of exactly that content."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction
from django.http import Http404

from poukama.audit.models import AuditEvent
from poukama.centres.models import LoadedPack
from poukama.gate.rules import OPERATOR
from poukama.gate.scope import within
from poukama.protocols import access, actions
from poukama.protocols.approvals import Kind, Refusal, Refused, Verb
from poukama.protocols.held import approvals_of, decided_at, retention_at, sampling_at
from poukama.protocols.models import ApprovalRow
from poukama.protocols.rules import Window
from poukama.staff.rules import GRANTS, Role
from tests.people import acting, make_centre, make_member
from tests.protocols.working import AT, RULE, TODAY, approve, load_with, make_doctor, said_by, take_back, thing_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def doctor(centre):
    return make_doctor(centre)


def test_nothing_is_approved_before_a_doctor_says_so(centre):
    assert not any(thing.approved for thing in decided_at(centre).things())
    assert retention_at(centre, AT) is None


def test_a_doctor_approves_a_window_and_it_carries_their_name(centre, doctor):
    row = approve(centre, doctor, "window", "mouth")
    window = thing_of(centre, "window", "mouth")
    assert (window.approved_by, window.valid_from) == ("Laine", TODAY)
    with within(centre.pk):
        line = AuditEvent.objects.latest("id")
    assert (line.event, line.target) == ("protocol.approved", f"protocols.approvalrow:{row.pk}")


def test_a_doctor_approves_the_sampling_protocol(centre, doctor):
    approve(centre, doctor, "sampling", "adults")
    protocol = sampling_at(centre)
    assert protocol
    assert protocol.approved_by == "Laine"


def test_an_approval_is_taken_back_by_a_new_row(centre, doctor):
    approve(centre, doctor, "window", "mouth")
    take_back(centre, doctor, "window", "mouth")
    assert not thing_of(centre, "window", "mouth").approved
    assert [each.verb for each in approvals_of(centre.code)] == [Verb.APPROVED, Verb.TAKEN_BACK]


def test_what_nobody_answers_for_cannot_be_taken_back(centre, doctor):
    with pytest.raises(Refused) as refused:
        take_back(centre, doctor, "window", "mouth")
    assert refused.value.reason is Refusal.NOT_APPROVED


def test_only_doctors_approve(centre):
    assert [role for role in Role if "protocol_approve" in GRANTS[role]] == [Role.DOCTOR]
    midwife = make_member(Role.MIDWIFE, centre=centre)
    with pytest.raises(PermissionDenied):
        approve(centre, midwife, "window", "mouth")
    with pytest.raises(PermissionDenied):
        approve(centre, midwife, "window", "mouth", by=OPERATOR)


def test_another_centres_doctor_does_not_find_this_centre(centre):
    stranger = make_doctor(make_centre("laakso"), "vieras")
    with pytest.raises(Http404):
        approve(centre, stranger, "window", "mouth")


def test_one_form_is_one_row(centre, doctor):
    known = said_by(doctor)
    assert approve(centre, doctor, "window", "mouth", **known) == approve(centre, doctor, "window", "mouth", **known)
    back = said_by(doctor)
    assert take_back(centre, doctor, "window", "mouth", **back) == take_back(centre, doctor, "window", "mouth", **back)
    assert ApprovalRow.objects.count() == 2


def test_an_approval_does_not_hold_for_days_that_have_been(centre, doctor):
    with pytest.raises(Refused) as refused:
        approve(centre, doctor, "window", "mouth", valid_from=TODAY - dt.timedelta(days=1))
    assert refused.value.reason is Refusal.PAST


def test_what_the_centre_no_longer_says_is_not_approved(centre, doctor):
    read = thing_of(centre, "window", "mouth")
    assert isinstance(read, Window)
    for other in (replace(read, length=dt.timedelta(hours=1)), replace(read, code="gone")):
        with pytest.raises(Refused) as refused:
            actions.approve(centre, thing=other, valid_from=TODAY, **said_by(doctor))
        assert refused.value.reason is Refusal.CHANGED


def test_a_new_pack_that_says_another_thing_waits_for_its_own_approval(centre, doctor):
    approve(centre, doctor, "window", "mouth")
    approve(centre, doctor, "window", "ulipristal")
    text = (
        '[sources.page]\ntitle = "Invented for practice"\nseen = 2026-11-24\n'
        '[windows.mouth]\nkind = "sample"\nhours = 49\nsource = "page"\nreview_by = 2027-11-30\n'
        '[windows.ulipristal]\nkind = "care"\nhours = 120\nsource = "page"\nreview_by = 2027-11-30\n'
    )
    load_with(centre, {"protocols.toml": text, "sampling.toml": _without_windows(centre)})
    assert not thing_of(centre, "window", "mouth").approved
    assert thing_of(centre, "window", "ulipristal").approved


def _without_windows(centre):
    text = LoadedPack.objects.filter(centre=centre).latest("id").files["sampling.toml"]
    return "\n".join(line for line in text.splitlines() if not line.startswith("window = "))


# ── Retention ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_rule_is_read_only_once_it_is_set_approved_and_in_force(centre, doctor):
    load_with(centre, {"retention.toml": RULE})
    assert retention_at(centre, AT) is None
    approve(centre, doctor, "retention", "unreported", valid_from=TODAY + dt.timedelta(days=1))
    assert retention_at(centre, AT) is None
    rule = retention_at(centre, AT + dt.timedelta(days=1))
    assert rule
    assert (rule.months, rule.source, rule.approved_by) == (14, "A page of law", "Laine")


# ── The page's reading ───────────────────────────────────────────────────────────────────────────────────────


def test_whoever_works_with_protocols_reads_them_and_others_do_not(centre, doctor):
    approve(centre, doctor, "window", "mouth")
    take_back(centre, doctor, "window", "mouth")
    seen = access.thing(centre, Kind.WINDOW, "mouth", by=acting(doctor), at=AT)
    assert [word.verb for word in seen.words] == [Verb.TAKEN_BACK, Verb.APPROVED]
    with pytest.raises(Http404):
        access.thing(centre, Kind.SAMPLING, "mouth", by=acting(doctor), at=AT)
    chaplain = make_member(Role.CHAPLAIN, centre=centre, login="hanna")
    with pytest.raises(PermissionDenied):
        access.decided(centre, by=acting(chaplain), at=AT)


def test_what_is_decided_is_read_with_two_queries_however_much_is_said(centre, doctor, django_assert_num_queries):
    for _ in range(3):
        approve(centre, doctor, "window", "mouth")
    decided_at(centre)
    with django_assert_num_queries(2):
        decided_at(centre)


# ── The table ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "plan"},
        {"verb": "liked"},
        {"version": "1"},
        {"code": ""},
        {"valid_from": None},
        {"verb": "taken_back"},
    ],
)
def test_a_row_that_makes_no_sense_is_refused(centre, doctor, changes):
    known = {"kind": "window", "code": "mouth", "version": "0" * 64, "verb": "approved", "valid_from": TODAY}
    with pytest.raises(Error), within(centre.pk):
        ApprovalRow.objects.create(centre=centre, approver=doctor, at=AT, **{**known, **changes})


def test_a_centre_writes_no_row_of_another(centre, doctor):
    known = {"kind": "window", "code": "mouth", "version": "0" * 64, "verb": "approved", "valid_from": TODAY}
    with pytest.raises(Error, match="row-level security"), within(make_centre("laakso").pk):
        ApprovalRow.objects.create(centre=centre, approver=doctor, at=AT, key=uuid4(), **known)


@pytest.mark.parametrize("statement", ["update {} set code = 'x'", "delete from {}", "truncate {}"])
def test_nothing_of_it_ever_changes(centre, doctor, statement):
    approve(centre, doctor, "window", "mouth")
    with (
        pytest.raises(Error),
        transaction.atomic(),
        within(centre.pk),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("protocols_approvalrow"))
