"""The desk's pages without a script: what each shows, and what a pressed button does."""

import uuid

import pytest
from django.test import Client

from tests.people import make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


@pytest.fixture
def maija():
    return make_member()


@pytest.fixture
def browser(maija):
    return sign_in(Client(), maija)


def begun(browser):
    answer = browser.post("/s/puhelin/uusi", {"contact": str(uuid.uuid4())})
    assert answer.status_code == 303
    return answer["Location"]


def test_smoke(browser):
    for address in ("/s/puhelin", "/s/puhelin/lomake", "/s/puhelin/myohemmin"):
        answer = browser.get(address)
        assert answer.status_code == 200, address
    address = begun(browser)
    answer = browser.get(address)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert len(html) < 60_000
    fields = {"note": "x", "do": "door:come_now", "key": str(uuid.uuid4()), "writer": str(uuid.uuid4()), "number": "1"}
    assert browser.post(address, fields).status_code == 303
    assert browser.get(address).status_code == 200
    fields = {"note": "x", "do": "end", "key": str(uuid.uuid4()), "writer": fields["writer"], "number": "2"}
    assert browser.post(address, fields).status_code == 303
    assert browser.get(address).status_code == 200
    assert browser.get(address + "/tuloste").status_code == 200
    assert browser.get("/s/puhelin").status_code == 200
