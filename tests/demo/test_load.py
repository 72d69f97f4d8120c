"""What the practice version starts with."""

import datetime as dt

import pytest

from demo.load import load
from demo.people import PASSWORD, PEOPLE
from poukama.centres import access
from poukama.staff.access import standing
from poukama.staff.models import Member, Post
from poukama.staff.rules import Role

AT = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_the_demo_is_the_invented_centres_and_no_real_one():
    load(AT)
    assert [centre.code for centre in access.list_centres()] == ["laakso", "satama"]


@pytest.mark.django_db
def test_loading_it_again_adds_nothing():
    assert load(AT) == load(AT + dt.timedelta(days=1))


@pytest.mark.django_db
def test_every_role_is_played_by_somebody_who_can_sign_in():
    load(AT)
    maija = Member.objects.get(login="maija")
    assert maija.check_password(PASSWORD)
    roles = {role for member in Member.objects.all() for role in standing(member, AT).roles}
    assert roles == set(Role)


@pytest.mark.django_db
def test_each_invented_centre_has_two_administrators():
    load(AT)
    for centre in access.list_centres():
        assert Post.objects.filter(centre=centre, role=Role.ADMINISTRATOR).count() == 2, centre.code


@pytest.mark.django_db
def test_people_are_taken_in_once_and_the_password_is_hashed_once(monkeypatch):
    hashed = []
    monkeypatch.setattr("demo.people.make_password", lambda password: hashed.append(password) or "!not-a-hash")
    load(AT)
    load(AT)
    assert Member.objects.count() == len(PEOPLE)
    assert hashed == [PASSWORD]
