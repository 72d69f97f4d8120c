"""The gates let through whom they should, and leave their line behind."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from poukama.audit import trail
from poukama.centres.models import Centre
from poukama.gate.gates import OPEN, AlreadyDone, action, needs, open_to_all, signed_in
from poukama.gate.rules import INSTALLATION, NOBODY, OPERATOR, Actor, Permission
from poukama.gate.scope import within

AT = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
LOADER = frozenset({Permission.CENTRE_LOAD})


@dataclass
class Desk:
    """Something that belongs to a centre."""

    centre_id: int


class TooLate(Exception):
    """A step that is refused."""


def centre_named(code):
    return Centre(code=code, country="FI", time_zone="Europe/Helsinki", opened_at=AT)


@action("centre.opened", Permission.CENTRE_LOAD)
def open_centre(desk, /, *, code, by, at, row=None, refuse=False):
    """Write something, or find it written, or refuse."""
    if row:
        raise AlreadyDone(row)
    centre = centre_named(code)
    centre.save()
    if refuse:
        raise TooLate
    return centre


def lines(centre):
    with within(centre):
        return [(line.event, line.actor, line.target) for line in trail.lines(centre)]


def page(request):
    return HttpResponse("in")


def request_of(actor=None):
    request = RequestFactory().get("/")
    if actor:
        vars(request)["actor"] = actor
    return request


def test_a_page_opens_to_whoever_holds_its_permission_and_to_nobody_else():
    gated = needs(Permission.TRAIL_READ)(page)
    reader = Actor("member:1", {4: frozenset({Permission.TRAIL_READ})})
    assert gated(request_of(reader)).content == b"in"
    for other in (None, NOBODY, Actor("member:2", {4: LOADER})):
        with pytest.raises(PermissionDenied):
            gated(request_of(other))


def test_a_gate_can_be_seen_on_the_page():
    assert vars(needs(Permission.TRAIL_READ)(page))["gate"] is Permission.TRAIL_READ
    assert vars(open_to_all(page))["gate"] == OPEN
    assert open_to_all(page)(request_of()).content == b"in"


def test_a_page_for_whoever_is_signed_in_opens_to_who_may_do_nothing_and_not_to_nobody():
    assert signed_in(page)(request_of(Actor("member:1"))).content == b"in"
    with pytest.raises(PermissionDenied):
        signed_in(page)(request_of())


@pytest.mark.django_db
def test_a_write_leaves_one_line_in_the_chain_of_what_it_wrote():
    centre = open_centre(INSTALLATION, code="bay", by=OPERATOR, at=AT)
    assert lines(centre.pk) == [("centre.opened", "operator", f"centres.centre:{centre.pk}")]
    assert lines(INSTALLATION.centre_id) == []


@pytest.mark.django_db
def test_a_write_at_another_centre_finds_nothing_there():
    with pytest.raises(Http404):
        open_centre(Desk(5), code="bay", by=Actor("member:1", {4: LOADER}), at=AT)
    assert not Centre.objects.exists()


@pytest.mark.django_db
def test_a_write_at_ones_own_centre_without_the_permission_is_forbidden():
    with pytest.raises(PermissionDenied):
        open_centre(Desk(5), code="bay", by=Actor("member:1", {5: frozenset({Permission.TRAIL_READ})}), at=AT)
    assert not Centre.objects.exists()


@pytest.mark.django_db
def test_a_row_written_into_a_centre_where_nothing_may_be_done_is_taken_back():
    with pytest.raises(Http404):
        open_centre(Desk(5), code="bay", by=Actor("member:1", {5: LOADER}), at=AT)
    assert not Centre.objects.exists()


@pytest.mark.django_db
def test_a_refused_step_leaves_neither_row_nor_line():
    with pytest.raises(TooLate):
        open_centre(INSTALLATION, code="bay", by=OPERATOR, at=AT, refuse=True)
    assert not Centre.objects.exists()
    assert lines(INSTALLATION.centre_id) == []


@pytest.mark.django_db
def test_a_write_that_was_done_before_gives_its_row_and_no_second_line():
    first = open_centre(INSTALLATION, code="bay", by=OPERATOR, at=AT)
    assert open_centre(INSTALLATION, code="bay", by=OPERATOR, at=AT, row=first) is first
    assert len(lines(first.pk)) == 1


@action("centre.drafted", Permission.CENTRE_LOAD, silent=True)
def draft_centre(desk, /, *, code, by, at):
    """Write something that a later line tells of."""
    centre = centre_named(code)
    centre.save()
    return centre


@action("centre.counted", Permission.CENTRE_LOAD, counts="drafts")
def count_centre(desk, /, *, code, by, at):
    """Write something whose line says how often."""
    centre = centre_named(code)
    centre.save()
    vars(centre)["drafts"] = 3
    return centre


@pytest.mark.django_db
def test_a_silent_write_is_written_and_leaves_no_line():
    centre = draft_centre(INSTALLATION, code="bay", by=OPERATOR, at=AT)
    assert Centre.objects.filter(code="bay").exists()
    assert lines(centre.pk) == []


@pytest.mark.django_db
def test_a_silent_write_needs_its_permission_all_the_same():
    with pytest.raises(Http404):
        draft_centre(INSTALLATION, code="bay", by=NOBODY, at=AT)


@pytest.mark.django_db
def test_a_line_may_say_how_often():
    centre = count_centre(INSTALLATION, code="bay", by=OPERATOR, at=AT)
    with within(centre.pk):
        assert [line.count for line in trail.lines(centre.pk)] == [3]


@action("desk.kept", Permission.CENTRE_LOAD)
def keep(centre, /, *, by, at):
    """Write at the object's own centre."""
    return centre


@pytest.mark.django_db
def test_a_write_at_the_objects_own_centre_costs_five_statements(django_assert_num_queries):
    centre = centre_named("bay")
    centre.save()
    # A savepoint (a transaction outside tests) and its end, the centre set and set back, and the line.
    with django_assert_num_queries(5):
        keep(centre, by=OPERATOR, at=AT)
    assert lines(centre.pk) == [("desk.kept", "operator", f"centres.centre:{centre.pk}")]
