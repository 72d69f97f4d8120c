"""Who acts is asked of the database at every request, and on the staff side only."""

import datetime as dt

import pytest

from poukama.centres.models import Centre
from poukama.staff.models import Member, Post
from poukama.staff.rules import Role
from tests.people import make_centre, make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
HOME = "/s/oma"


def test_a_member_with_a_post_gets_in_in_their_own_language(client):
    sign_in(client, make_member(Role.DOCTOR, login="laine", language="sv"))
    page = client.get(HOME)
    assert page.status_code == 200
    assert '<html lang="sv"' in page.text
    assert "Laine" in page.text


def test_nobody_gets_in_without_signing_in(client):
    assert client.get(HOME).status_code in {302, 303, 403}


def test_an_ended_post_ends_at_the_next_request(client):
    sign_in(client, make_member())
    assert client.get(HOME).status_code == 200
    Post.objects.update(ends=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))
    assert client.get(HOME).status_code == 403


def test_a_closed_member_is_out_at_the_next_request(client):
    sign_in(client, make_member())
    assert client.get(HOME).status_code == 200
    Member.objects.update(closed_at=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))
    assert client.get(HOME).status_code in {302, 303, 403}


def test_the_centre_chosen_in_the_session_is_the_one_unless_the_post_there_is_gone(client):
    member = make_member(Role.MIDWIFE, centre=make_centre("laakso"))
    make_member(Role.MIDWIFE, centre=make_centre("satama"), login="other")
    Post.objects.create(
        member=member,
        centre=Centre.objects.get(code="satama"),
        role=Role.DOCTOR,
        begins=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
    sign_in(client, member)
    assert client.get(HOME).context["centre"].code == "laakso"
    session = client.session
    session["centre"] = "satama"
    session.save()
    assert client.get(HOME).context["centre"].code == "satama"
    Post.objects.filter(centre__code="satama").delete()
    assert client.get(HOME).context["centre"].code == "laakso"


def test_a_public_page_knows_nothing_of_whoever_is_signed_in(client, django_assert_num_queries):
    sign_in(client, make_member())
    client.get("/fi/")
    with django_assert_num_queries(0):
        page = client.get("/fi/")
    assert "Set-Cookie" not in page.headers
    assert not hasattr(page.wsgi_request, "session")
