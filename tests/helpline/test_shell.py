"""The shell that a browser keeps: whole without a server, the same to whoever asks, and without any data."""

import re

import pytest
from django.test import Client

from poukama.centres.models import Centre
from tests.helpline.night import Desk
from tests.people import make_centre, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
WORKER, SHELL = "/s/sw.js", "/s/ilman-yhteytta"


@pytest.fixture
def centre() -> Centre:
    return make_centre()


def asked(path: str, client: Client | None = None, language: str = "fi", centre: str = "satama"):
    return (client or Client()).get(path, {"kieli": language, "keskus": centre})


def test_the_worker_serves_the_staff_side_and_nothing_else(centre: Centre):
    answer = asked(WORKER)
    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/s/"
    assert '"/static/helpline/desk.js"' in answer.content.decode()


def test_every_script_and_style_of_the_shell_is_kept_with_it(centre: Centre):
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', asked(SHELL).content.decode())
    worker = asked(WORKER).content.decode()
    assert files
    assert [file for file in files if f'"{file}"' not in worker] == []


def test_the_shell_is_the_same_to_a_midwife_and_to_a_stranger():
    desk = Desk()
    ref = desk.begin()
    desk.save(ref, note="kanarialintu")
    midwife = sign_in(Client(), desk.maija)
    assert asked(SHELL, midwife).content == asked(SHELL).content
    assert asked(WORKER, midwife).content == asked(WORKER).content
    shell = asked(SHELL, midwife).content.decode()
    assert 'data-member=""' in shell
    assert "csrfmiddlewaretoken" not in shell
    assert desk.maija.name not in shell
    assert "kanarialintu" not in shell


@pytest.mark.parametrize(
    ("language", "says"), [("fi", "Ei yhteyttä"), ("sv", "Ingen förbindelse"), ("en", "No connection")]
)
def test_the_shell_speaks_the_language_that_its_address_names(centre: Centre, language: str, says: str):
    shell = asked(SHELL, language=language).content.decode()
    assert f'<html lang="{language}"' in shell
    assert says in shell


def test_the_shell_promises_nothing_about_the_police_while_an_age_is_not_known(centre: Centre):
    assert 'data-phrase="police_optional"' not in asked(SHELL).content.decode()


def test_another_language_or_another_centre_is_another_worker(centre: Centre):
    make_centre("laakso")
    workers = {asked(WORKER, language=language).content for language in ("fi", "sv", "en")}
    assert len(workers | {asked(WORKER, centre="laakso").content}) == 4


@pytest.mark.parametrize("path", [WORKER, SHELL])
@pytest.mark.parametrize(
    "query", [{}, {"kieli": "fi"}, {"kieli": "xx", "keskus": "satama"}, {"kieli": "fi", "keskus": "x"}]
)
def test_a_centre_or_a_language_that_there_is_not_has_no_shell(centre: Centre, path: str, query: dict[str, str]):
    assert Client().get(path, query).status_code == 404
