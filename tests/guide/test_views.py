"""The pages on a server: languages, headers, the way out, and what stays when something is broken."""

import datetime as dt
import gzip
import logging
import socket
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connections
from django.http import HttpRequest
from django.test import Client, override_settings

from poukama.centres import access
from poukama.config.settings import database
from poukama.core import clock
from poukama.guide import page, views
from poukama.guide.pages import LANGUAGES, SLUGS, Address, Page
from tests.factories import at
from tests.guide.installations import CENTRES

pytestmark = pytest.mark.usefixtures("plain_static")

NUMBER, EMERGENCY = 'href="tel:+358407018446"', 'href="tel:112"'
ADDRESSES = [Address(each, language) for each in SLUGS for language in LANGUAGES]
ADDRESSES += [Address(Page.CENTRE, language, "helsinki") for language in LANGUAGES]


@pytest.fixture
def client(monkeypatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: at("2026-11-24T12:00"))
    return Client(raise_request_exception=False)


def language_of(response) -> str:
    return str(response.content.decode().partition('<html lang="')[2][:2])


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda each: each.path)
def test_every_page_answers_with_the_number(client, address):
    response = client.get(f"/{address.path}")
    assert response.status_code == 200
    assert NUMBER in response.content.decode()
    assert language_of(response) == address.language


@pytest.mark.parametrize(
    ("asked", "language"),
    [(None, "fi"), ("sv-FI,sv;q=0.9", "sv"), ("en-GB", "en"), ("de", "fi"), ("fi,en;q=0.5", "fi"), ("", "fi")],
)
def test_the_front_door_speaks_the_browsers_language_or_finnish(client, asked, language):
    response = client.get("/", headers={"Accept-Language": asked} if asked is not None else {})
    assert language_of(response) == language
    assert "Accept-Language" in response.headers["Vary"]


def test_a_language_that_the_site_lacks_is_met_with_a_line_in_english(client):
    assert "In English" in client.get("/", headers={"Accept-Language": "de"}).content.decode()
    assert "In English" not in client.get("/", headers={"Accept-Language": "fi"}).content.decode()


def test_the_front_door_is_the_page_of_help(client):
    front, help_page = client.get("/", headers={"Accept-Language": "en"}), client.get("/en/help")
    assert front.content == help_page.content


@pytest.mark.parametrize("path", ["/", "/fi/apua", "/poistu", "/fi/nowhere", "/static/nowhere.css"])
@pytest.mark.parametrize("more", [{}, {"Host": "elsewhere.example"}], ids=["ours", "a strange host"])
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_nothing_is_left_on_the_device_whatever_is_answered(client, path, more, method):
    response = getattr(client, method)(path, headers=more)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert not response.cookies


def test_the_way_out_goes_on_and_clears_what_public_pages_may_have_and_not_what_waits_at_a_desk(client):
    response = client.get("/poistu")
    assert response.status_code == 303
    assert response.headers["Location"] == "https://www.ilmatieteenlaitos.fi/"
    assert response.headers["Clear-Site-Data"] == '"cookies"'


def test_a_page_is_compressed_for_whoever_takes_it(client):
    response = client.get("/fi/apua", headers={"Accept-Encoding": "gzip, br"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == client.get("/fi/apua").content


@pytest.mark.parametrize(
    ("takes", "compressed"),
    [
        ("gzip", True), ("br, gzip;q=0.5", True), ("GZIP", True), ("gzip;q=0.01", True), ("deflate,gzip , br", True),
        ("gzip;q=0", False), ("gzip;q=0.000, br", False), ("gzip ; q=0", False), ("br", False), ("gzipped", False),
        ("", False),
    ],
)  # fmt: skip
def test_nobody_gets_it_compressed_who_does_not_take_it(client, takes, compressed):
    response = client.get("/fi/apua", headers={"Accept-Encoding": takes})
    assert ("Content-Encoding" in response.headers) is compressed


@pytest.mark.parametrize("path", ["/fi/apua", "/", "/poistu", "/fi/keskukset/helsinki"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options", "trace"])
def test_whoever_sends_something_to_a_page_is_told_the_number(client, method, path):
    response = getattr(client, method)(path)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert NUMBER in response.content.decode()


@pytest.mark.parametrize(
    ("path", "language"), [("/sv/finns-inte", "sv"), ("/en/centres/nowhere", "en"), ("/nowhere", "fi")]
)
def test_a_page_that_is_not_here_keeps_both_numbers_in_its_language(client, path, language):
    response = client.get(path)
    assert response.status_code == 404
    assert language_of(response) == language
    assert NUMBER in response.content.decode()
    assert EMERGENCY in response.content.decode()


def test_a_strange_host_is_refused_with_the_number(client):
    response = client.get("/fi/apua", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert NUMBER in response.content.decode()


def test_whoever_may_not_enter_is_told_the_number():
    response = views.forbidden(_request("/sv/"), PermissionError())
    assert response.status_code == 403
    assert NUMBER in response.content.decode()


def test_a_fault_of_ours_keeps_the_number_and_is_written_down_without_its_request(client, monkeypatch, caplog):
    monkeypatch.setattr(views, "_page", lambda *_: 1 / 0)
    response = client.get("/en/help?told=something")
    assert response.status_code == 500
    assert NUMBER in response.content.decode()
    ours = "\n".join(logging.Formatter().format(record) for record in caplog.records if record.name == views.__name__)
    assert "ZeroDivisionError" in ours
    assert "/en/help" not in ours
    assert "something" not in ours


def test_what_django_says_of_requests_is_written_nowhere():
    logger = logging.getLogger("django.request")
    assert not logger.propagate
    kinds = [type(handler) for handler in logger.handlers]
    assert [kind for kind in kinds if not kind.__module__.startswith("_pytest")] == [logging.NullHandler]


def test_without_a_pack_the_one_number_that_holds_everywhere_stands(client, tmp_path):
    with override_settings(FRONT_PACK=tmp_path):
        response = client.get("/fi/apua")
    assert response.status_code == 500
    for words in ("soita 112", "ring 112", "call 112"):
        assert words in response.content.decode()


def test_another_packs_fault_does_not_silence_the_pages(client, tmp_path):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "centre.toml").write_text("[centre]\n")
    with override_settings(PACKS=tmp_path):
        assert client.get("/fi/keskukset").status_code == 200


@pytest.fixture(params=["nobody listens", "no such folder"])
def _no_database(request, monkeypatch, tmp_path, django_db_blocker) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    urls = {
        "nobody listens": f"postgresql://nobody@127.0.0.1:{port}/nothing",
        "no such folder": f"postgresql:///nothing?host={tmp_path / 'absent'}",
    }
    connection = connections["default"]
    absent = {**connection.settings_dict, **database(urls[request.param])}
    absent["OPTIONS"] = {key: value for key, value in absent["OPTIONS"].items() if key != "pool"}
    with django_db_blocker.unblock():
        connection.close()
        monkeypatch.setattr(connection, "settings_dict", absent)
        monkeypatch.setattr(access._Practice, "answer", None)
        yield
        connection.close()


@pytest.mark.usefixtures("_no_database")
def test_without_a_database_every_page_answers_in_full(client):
    with pytest.raises(OperationalError):
        connections["default"].ensure_connection()
    for address in ADDRESSES:
        response = client.get(f"/{address.path}")
        assert response.status_code == 200
        assert NUMBER in response.content.decode()


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda each: each.path)
def test_a_practice_version_says_so_everywhere_and_dials_nobody(client, monkeypatch, address):
    monkeypatch.setattr(views, "practice", lambda: True)
    response = client.get(f"/{address.path}")
    text = response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in text
    assert 'class="banner practice"' in text
    assert "tel:" not in text
    assert "040 701 8446" in text


@pytest.mark.parametrize(
    ("method", "path"), [("get", "/nowhere"), ("post", "/sv/hjalp"), ("get", "/en/centres/nowhere")]
)
def test_a_practice_version_says_so_also_where_something_is_wrong(client, monkeypatch, method, path):
    monkeypatch.setattr(views, "practice", lambda: True)
    response = getattr(client, method)(path)
    text = response.content.decode()
    assert response.status_code in {404, 405}
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in text
    assert 'class="banner practice"' in text
    assert "tel:" not in text


@pytest.mark.parametrize("path", ["/fi/apua", "/fi/nowhere"])
def test_the_real_service_has_no_frame_and_may_be_found(client, path):
    response = client.get(path)
    assert "X-Robots-Tag" not in response.headers
    assert "practice" not in response.content.decode()


def test_invented_centres_are_listed_only_in_a_practice_version(client, monkeypatch):
    assert client.get("/fi/keskukset/satama").status_code == 404
    monkeypatch.setattr(views, "practice", lambda: True)
    assert client.get("/fi/keskukset/satama").status_code == 200


def test_the_page_follows_the_clock(client, monkeypatch):
    assert "You can come now" in client.get("/en/help").content.decode()
    monkeypatch.setattr(clock, "now", lambda: at("2026-11-24T02:00"))
    assert "The centre is closed now" in client.get("/en/help").content.decode()


def test_pages_of_another_front_centre_carry_its_number(client):
    with override_settings(FRONT_PACK=CENTRES / "satama"):
        assert 'href="tel:+358400000000"' in client.get("/fi/apua").content.decode()


def _request(path: str) -> HttpRequest:
    request = HttpRequest()
    request.path = request.path_info = path
    return request


def test_a_page_is_made_once_a_minute(client, monkeypatch):
    made = []
    real = page.html
    monkeypatch.setattr(page, "html", lambda *words, **more: made.append(words) or real(*words, **more))
    views._rendered.cache_clear()
    for second in (1, 59):
        monkeypatch.setattr(clock, "now", lambda second=second: at("2026-11-24T12:00") + dt.timedelta(seconds=second))
        client.get("/fi/apua")
    assert len(made) == 1
