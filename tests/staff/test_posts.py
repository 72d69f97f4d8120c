"""Posts are given and ended, members are closed: at one's own centre, never for oneself, and it works at once."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from poukama.gate.rules import OPERATOR
from poukama.staff import access, actions
from poukama.staff.models import Colleague, Member, Post
from poukama.staff.rules import Density, Look, Manner, Person, Refusal, Refused, Role, Tenure
from tests.people import LONG_AGO, acting, come_in, invited, make_centre, make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
HOUR = dt.timedelta(hours=1)
LATER = LONG_AGO + HOUR


@pytest.fixture
def ida() -> Member:
    return make_member(Role.ADMINISTRATOR, login="ida")


@pytest.fixture
def eero() -> Member:
    return make_member(Role.ADMINISTRATOR, login="eero")


@pytest.fixture
def maija() -> Member:
    return make_member(login="maija")


def colleague(member: Member) -> Colleague:
    return Colleague(Member.objects.get(pk=member.pk), make_centre())


def refused(reason: Refusal) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, match=f"^{reason}$")


# ── Given ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_gives_a_post_to_themselves(ida):
    with refused(Refusal.ONESELF):
        actions.give_post(make_centre(), member=ida, role=Role.DOCTOR, by=acting(ida), at=LONG_AGO)


def test_the_same_form_gives_one_post(ida, maija):
    key = uuid.uuid4()
    known = {"member": maija, "role": Role.DOCTOR, "key": key, "by": acting(ida)}
    given = actions.give_post(make_centre(), at=LONG_AGO, **known)
    assert actions.give_post(make_centre(), at=LATER, **known) == given


def test_a_role_can_be_held_again_after_it_has_ended_and_planned_before(ida, maija):
    post = maija.posts.get()
    actions.end_post(post, ends=LATER, by=acting(ida), at=LONG_AGO)
    known = {"member": maija, "role": Role.MIDWIFE, "by": acting(ida), "at": LONG_AGO}
    with refused(Refusal.POST_HELD):
        actions.give_post(make_centre(), begins=LONG_AGO, ends=LATER, **known)
    assert actions.give_post(make_centre(), begins=LATER, **known).begins == LATER


def test_a_closed_member_gets_no_post(ida, maija):
    actions.close(colleague(maija), by=acting(ida), at=LONG_AGO)
    with refused(Refusal.CLOSED):
        actions.give_post(make_centre(), member=maija, role=Role.DOCTOR, by=acting(ida), at=LONG_AGO)


# ── Ended ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_post_that_is_ended_ends_at_once_with_the_session_open(client, ida, maija):
    sign_in(client, maija)
    assert client.get("/s/oma").status_code == 200
    actions.end_post(maija.posts.get(), ends=LATER, by=acting(ida), at=LATER)
    assert client.get("/s/oma").status_code == 403


def test_a_post_ends_once_and_not_before_it_began(ida, maija):
    post = maija.posts.get()
    ended = actions.end_post(post, ends=LONG_AGO - HOUR, by=acting(ida), at=LONG_AGO)
    assert ended.ends == ended.begins == LONG_AGO
    assert actions.end_post(post, ends=LONG_AGO, by=acting(ida), at=LATER).ends == LONG_AGO
    with refused(Refusal.POST_OVER):
        actions.end_post(post, ends=LATER, by=acting(ida), at=LATER)


def test_an_end_to_come_can_be_moved(ida, maija):
    post = maija.posts.get()
    for hours in (9, 5):
        moved = actions.end_post(post, ends=LONG_AGO + hours * HOUR, by=acting(ida), at=LONG_AGO)
        assert moved.ends == LONG_AGO + hours * HOUR


def test_the_last_administrator_stays(ida, eero):
    assert actions.end_post(eero.posts.get(), ends=LATER, by=acting(ida), at=LATER).ends == LATER
    for step in (
        lambda: actions.end_post(ida.posts.get(), ends=LATER, by=acting(ida, LATER), at=LATER),
        lambda: actions.close(colleague(ida), by=by_another(ida), at=LATER),
    ):
        with refused(Refusal.LAST_ADMINISTRATOR):
            step()
    assert acting(ida, LATER + HOUR).rights
    assert actions.end_post(ida.posts.get(), ends=LATER, by=OPERATOR, at=LATER).ends == LATER


def by_another(member: Member):
    """An actor with the rights of this member, who is somebody else."""
    rights = acting(member, LATER).rights
    return type(OPERATOR)("member:0", rights)


# ── Closed ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_closed_member_can_do_nothing_at_once_and_nothing_is_deleted(client, ida, maija):
    sign_in(client, maija)
    closed = actions.close(colleague(maija), by=acting(ida), at=LATER)
    assert client.get("/s/oma").status_code in {302, 303, 403}
    assert actions.close(colleague(maija), by=acting(ida), at=LATER + HOUR).member.closed_at == closed.member.closed_at
    assert Post.objects.get(member=maija).ends == LATER
    assert acting(maija, LATER).rights == {}


def test_a_closed_members_code_is_dead(ida):
    way, _ = invited()
    actions.close(colleague(way.member), by=acting(ida), at=LONG_AGO)
    with refused(Refusal.CODE_ENDED):
        come_in(way)
    with refused(Refusal.CLOSED):
        actions.make_code(colleague(way.member), code_hash="0" * 64, by=acting(ida), at=LONG_AGO)


def test_a_closed_member_comes_back_by_two_people_and_then_has_no_post(ida, eero, maija):
    actions.close(colleague(maija), by=acting(ida), at=LONG_AGO)
    asked = actions.ask_reset(colleague(maija), by=acting(ida), at=LATER)
    way = actions.confirm_reset(asked, code_hash="0" * 64, by=acting(eero), at=LATER)
    back = come_in(way, LATER)
    assert back.closed_at is None
    assert acting(back, LATER).rights == {}


def test_a_post_to_come_never_begins_for_who_is_closed(ida):
    way, _ = invited(tenure=Tenure(Role.DOCTOR, LATER))
    actions.close(colleague(way.member), by=acting(ida), at=LONG_AGO)
    post = way.member.posts.get()
    assert post.begins == post.ends == LATER


def test_one_centre_does_not_close_who_works_at_another_too(ida, maija):
    actions.give_post(make_centre("laakso"), member=maija, role=Role.MIDWIFE, by=OPERATOR, at=LONG_AGO)
    with refused(Refusal.ELSEWHERE):
        actions.close(colleague(maija), by=acting(ida), at=LONG_AGO)
    actions.close(colleague(maija), by=OPERATOR, at=LONG_AGO)
    assert not Post.objects.filter(member=maija, ends=None).exists()


def test_nobody_closes_themselves_or_somebody_of_another_centre(ida, eero):
    with refused(Refusal.ONESELF):
        actions.close(colleague(ida), by=acting(ida), at=LONG_AGO)
    there = make_member(centre=make_centre("laakso"), login="elli")
    with pytest.raises(Http404):
        actions.close(Colleague(there, make_centre("laakso")), by=acting(ida), at=LONG_AGO)


# ── Oneself ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_changes_ones_own_name_and_look_and_nobody_elses(ida, maija):
    person, manner = Person("نورا", "sv", "+358400000001"), Manner(Look.DARK, Density.ROOMY, shortcuts=False)
    known: dict[str, Any] = {"person": person, "manner": manner, "at": LONG_AGO}
    changed = actions.change_oneself(colleague(maija), by=acting(maija), **known).member
    assert (changed.name, changed.language, changed.phone) == ("نورا", "sv", "+358400000001")
    assert (changed.look, changed.density, changed.shortcuts) == (Look.DARK, Density.ROOMY, False)
    with pytest.raises(PermissionDenied):
        actions.change_oneself(colleague(maija), by=acting(ida), **known)
    with pytest.raises(PermissionDenied):
        access.oneself(maija, make_centre(), by=acting(ida))
