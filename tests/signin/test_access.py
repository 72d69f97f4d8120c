"""Who is known at the door, and who is shown on its pages."""

import datetime as dt

import pytest
from django.contrib.auth import hashers
from django.http import Http404

from poukama.gate.rules import NOBODY, OPERATOR
from poukama.signin import access, actions
from poukama.signin.rules import Limits, Way, oneself
from poukama.staff.access import standing
from poukama.staff.actions import give_post
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.people import make_centre, make_member
from tests.signin.proofs import NOW, PASSWORD, make_insider

pytestmark = pytest.mark.django_db
LIMITS = Limits()


def close(member: Member) -> Member:
    Member.objects.filter(pk=member.pk).update(closed_at=NOW)
    return member


@pytest.mark.parametrize("case", ["right", "wrong password", "wrong name", "closed", "no password", "no name at all"])
def test_whatever_is_wrong_a_password_is_hashed_once(monkeypatch, case):
    make_insider("maija")
    close(make_insider("kaisa"))
    make_member(login="ilona")
    login = {"wrong name": "nobody", "closed": "kaisa", "no password": "ilona", "no name at all": "ma\0ija"}
    hashed = []
    real = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", lambda *known: hashed.append(1) or real(*known))
    found = access.by_password(login.get(case, "maija"), "wrong" if case == "wrong password" else PASSWORD)
    assert (found is not None) is (case == "right")
    assert len(hashed) == 1


def test_a_closed_member_is_known_and_not_let_in():
    member = close(make_insider())
    assert access.known_as("maija") == member
    assert access.known_as("ma\0ija") is None
    assert access.open_known_as("maija") is None
    assert access.open_known_as("nobody") is None
    assert access.open_member(member.pk) is None
    assert access.open_member(None) is None


def test_who_has_nothing_set_up_has_no_steps_and_no_paper():
    member = make_insider(app=False)
    steps = access.steps_of(member)
    assert (steps.any, steps.passkeys, steps.app, steps.paper, steps.organisation) == (False, (), False, 0, False)
    assert access.paper_codes(member) == ()
    actions.make_paper(member, by=oneself(member.pk), at=NOW)
    assert not access.steps_of(member).any, "paper alone is no second step"


def test_a_machine_shows_who_came_in_there_during_the_shift():
    maija, kaisa, ilona = make_insider(), make_insider("kaisa"), make_insider("ilona")
    for member, way, hours, machine in (
        (maija, Way.CODE, 1, b"m"),
        (kaisa, Way.CODE, 12, b"m"),
        (ilona, Way.PASSWORD, 1, b"m"),
    ):
        at = NOW - dt.timedelta(hours=hours)
        actions.enter(member, way=way, machine=machine, key=b"", by=oneself(member.pk), at=at)
    assert [person.name for person in access.people_at(b"m", LIMITS, NOW)] == ["Maija"]
    assert access.people_at(b"n", LIMITS, NOW) == ()
    assert access.people_at(b"", LIMITS, NOW) == ()
    came = {member.login: access.came_in_at(b"m", member, LIMITS, NOW) for member in (maija, kaisa, ilona)}
    assert came == {"maija": True, "kaisa": False, "ilona": False}
    assert not access.came_in_at(b"", maija, LIMITS, NOW)


def test_everybody_with_a_post_is_shown_once_for_each_centre_with_all_roles():
    satama = make_centre()
    laine = make_insider("laine", Role.DOCTOR, Role.MANAGER, centre=satama)
    give_post(make_centre("laakso"), member=laine, role=Role.DOCTOR, by=OPERATOR, at=NOW)
    close(make_insider("kaisa"))
    past = make_insider("ilona")
    past.posts.update(ends=NOW)
    shown = [(each.centre.code, each.name, each.roles) for each in access.everybody(NOW)]
    assert shown == [("laakso", "Laine", (Role.DOCTOR,)), ("satama", "Laine", (Role.DOCTOR, Role.MANAGER))]


def test_colleagues_are_those_of_the_centre_without_oneself():
    satama, maija, kaisa = make_centre(), make_insider(), make_insider("kaisa")
    make_insider("pia", centre=make_centre("laakso"))
    give_post(make_centre("laakso"), member=kaisa, role=Role.MIDWIFE, by=OPERATOR, at=NOW)
    by = standing(maija, NOW).actor
    assert [each.name for each in access.colleagues(satama, by=by, at=NOW)] == ["Kaisa"]
    with pytest.raises(Http404):
        access.colleagues(satama, by=NOBODY, at=NOW)
