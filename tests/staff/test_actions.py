"""People are taken in and given posts, and the database keeps what must hold of them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from poukama.audit.models import AuditEvent
from poukama.gate.rules import OPERATOR
from poukama.gate.scope import within
from poukama.staff import access, actions
from poukama.staff.models import Member
from poukama.staff.rules import Refusal, Refused, Role
from tests.people import LONG_AGO, make_centre, make_member

pytestmark = pytest.mark.django_db


def test_somebody_taken_in_has_no_post_and_no_way_in():
    member = make_member()
    assert not member.has_usable_password()
    assert str(member) == f"member {member.pk}"


def test_a_post_is_a_line_of_its_centres_trail():
    centre = make_centre()
    member = make_member(Role.DOCTOR, centre=centre)
    with within(centre.pk):
        event = AuditEvent.objects.get(centre_id=centre.pk, event="post.given")
    post = member.posts.get()
    assert (event.actor, event.target) == ("operator", f"staff.post:{post.pk}")
    assert str(post) == f"{member.pk} doctor at {centre.pk}"


@pytest.mark.parametrize("login", ["", "Maija", "maija meikä", "x" * 65, "-maija"])
def test_a_login_is_short_plain_and_in_lower_case(login):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_member(login=login)


def test_a_login_is_one_persons():
    make_member()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_member()


def test_the_same_open_post_is_given_once():
    centre = make_centre()
    member = make_member(Role.DOCTOR, centre=centre)
    with pytest.raises(Refused, match=Refusal.POST_HELD):
        actions.give_post(centre, member=member, role=Role.DOCTOR, by=OPERATOR, at=LONG_AGO)


def test_only_an_administrator_of_the_centre_gives_posts_there():
    here, there = make_centre("satama"), make_centre("laakso")
    midwife = make_member(Role.MIDWIFE, centre=here)
    ida = make_member(Role.ADMINISTRATOR, centre=here, login="ida")
    for member, centre, refused in ((midwife, here, PermissionDenied), (ida, there, Http404)):
        by = access.standing(Member.objects.get(pk=member.pk), LONG_AGO).actor
        with pytest.raises(refused):
            actions.give_post(centre, member=member, role=Role.DOCTOR, by=by, at=LONG_AGO)
    by = access.standing(ida, LONG_AGO).actor
    assert actions.give_post(here, member=midwife, role=Role.DOCTOR, by=by, at=LONG_AGO).role == Role.DOCTOR
