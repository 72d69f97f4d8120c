"""Members are read by whoever looks after them, at their own centre, and each reading is a line of the trail."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from poukama.audit.models import AuditEvent
from poukama.gate.gates import AtCentre, admit
from poukama.gate.rules import INSTALLATION, NOBODY, OPERATOR, Actor, Permission
from poukama.gate.scope import within
from poukama.staff import access, actions
from poukama.staff.models import Member
from poukama.staff.rules import GRANTS, Refusal, Refused, Role
from tests.people import LONG_AGO, acting, come_in, invited, make_centre, make_member

pytestmark = pytest.mark.django_db
LATER, HOUR = LONG_AGO + dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def ida() -> Member:
    return make_member(Role.ADMINISTRATOR, login="ida")


def events(name: str) -> list[tuple[str, str]]:
    centre = make_centre()
    with within(centre.pk):
        return list(AuditEvent.objects.filter(event=name).values_list("actor", "target"))


def test_reading_the_list_and_a_member_are_lines_of_the_trail(ida):
    centre, maija = make_centre(), make_member(login="maija")
    names = [listed.member.login for listed in access.members_of(centre, by=acting(ida), at=LONG_AGO)]
    assert names == ["ida", "maija"]
    access.member_at(centre, maija.pk, by=acting(ida), at=LONG_AGO)
    access.member_named(centre, "maija", by=acting(ida), at=LONG_AGO)
    assert events("members.listed") == [(f"member:{ida.pk}", f"centres.centre:{centre.pk}")]
    assert events("member.read") == events("member.found") == [(f"member:{ida.pk}", f"staff.member:{maija.pk}")]


def test_whoever_does_not_look_after_members_reads_none(ida):
    centre, by = make_centre(), acting(make_member(login="maija"))
    for read in (
        lambda: access.members_of(centre, by=by, at=LONG_AGO),
        lambda: access.member_at(centre, ida.pk, by=by, at=LONG_AGO),
        lambda: access.member_named(centre, "ida", by=by, at=LONG_AGO),
    ):
        with pytest.raises(PermissionDenied):
            read()


def test_another_centre_and_its_members_do_not_exist(ida):
    there = make_centre("laakso")
    elli = make_member(centre=there, login="elli")
    with pytest.raises(Http404):
        access.members_of(there, by=acting(ida), at=LONG_AGO)
    with pytest.raises(Http404):
        access.member_at(make_centre(), elli.pk, by=acting(ida), at=LONG_AGO)


def test_a_member_whose_post_is_over_is_still_in_the_list(ida):
    maija = make_member(login="maija")
    actions.end_post(maija.posts.get(), ends=LATER, by=OPERATOR, at=LATER)
    assert len(access.members_of(make_centre(), by=acting(ida), at=LATER)) == 2


def test_who_asked_and_confirmed_is_named(ida):
    maija = come_in(invited("maija")[0])
    colleague = access.member_at(make_centre(), maija.pk, by=acting(ida), at=LONG_AGO).colleague
    actions.ask_reset(colleague, by=acting(ida), at=LONG_AGO)
    seen = access.member_at(make_centre(), maija.pk, by=acting(ida), at=LONG_AGO)
    assert seen.names == {f"member:{ida.pk}": "Ida"}
    assert not seen.is_new


def test_a_member_of_no_centre_is_known_to_nobody():
    with pytest.raises(Refused, match=Refusal.LOGIN_UNKNOWN):
        access.colleague_named("nobody", by=OPERATOR, at=LONG_AGO)


def test_administrators_are_counted_where_one_may_see_them():
    centre = make_centre()
    eero = come_in(invited("eero", Role.ADMINISTRATOR)[0])
    invited("not-in-yet", Role.ADMINISTRATOR)
    assert access.administrators(by=OPERATOR, at=LONG_AGO) == {centre.code: 1}
    assert access.administrators(by=NOBODY, at=LONG_AGO) == {}
    actions.end_post(eero.posts.get(), ends=LATER, by=OPERATOR, at=LONG_AGO)
    assert access.administrators(by=OPERATOR, at=LATER) == {centre.code: 0}


def test_the_next_post_of_a_closed_member_never_begins():
    way, _ = invited()
    actions.end_post(way.member.posts.get(), ends=LONG_AGO, by=OPERATOR, at=LONG_AGO)
    actions.give_post(make_centre(), member=way.member, role=Role.DOCTOR, begins=LATER, by=OPERATOR, at=LONG_AGO)
    ahead = access.next_beginning(way.member, LONG_AGO)
    assert ahead is not None
    assert ahead.begins == LATER
    actions.close(access.colleague_named("saga", by=OPERATOR, at=LONG_AGO), by=OPERATOR, at=LONG_AGO)
    assert access.next_beginning(way.member, LONG_AGO) is None


# ── Roles, permissions and the gate ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", Role)
def test_the_gate_lets_each_role_do_what_the_table_says_where_the_post_is_and_nothing_elsewhere(role):
    here, there = make_centre("satama"), make_centre("laakso")
    by = acting(make_member(role, centre=here, login="somebody"))
    for permission in Permission:
        assert lets(by, permission, here) == ("in" if permission in GRANTS[role] else "denied"), permission
        assert lets(by, permission, there) == lets(by, permission, INSTALLATION) == "unknown", permission


@pytest.mark.parametrize("role", Role)
def test_nobody_acts_before_a_post_begins_or_after_it_ends(role):
    here = make_centre()
    member = make_member(role, centre=here, login="somebody", at=LATER)
    actions.end_post(member.posts.get(), ends=LATER + HOUR, by=OPERATOR, at=LATER)
    for at in (LATER - HOUR, LATER + HOUR):
        assert {lets(acting(member, at), permission, here) for permission in Permission} == {"unknown"}
    assert lets(acting(member, LATER), Permission.STAFF_ENTER, here) == "in"


def lets(by: Actor, permission: Permission, centre: AtCentre) -> str:
    try:
        admit(by, permission, centre=centre.centre_id)
    except Http404:
        return "unknown"
    except PermissionDenied:
        return "denied"
    return "in"
