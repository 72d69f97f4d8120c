"""`poukama vault`: how the keys stand, a new version of them, and a record destroyed with a certificate."""

import argparse
import base64
import json
import os
from pathlib import Path
from uuid import uuid4

import pytest
from django.db.utils import OperationalError
from django.test import Client

from poukama.audit.rules import is_signed_by
from poukama.cases.models import Case
from poukama.centres import access
from poukama.core import keys, signing, vault
from poukama.operations import vault as commands
from poukama.staff.rules import Role
from tests.cases.working import make_case, make_colleague
from tests.people import make_centre, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path) -> Path:
    settings.KEYS = tmp_path / "keys"
    return Path(settings.KEYS)


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def maija(centre):
    return make_colleague(Role.MIDWIFE, centre, "maija")


@pytest.fixture
def case(centre, maija) -> Case:
    make_colleague(Role.ADMINISTRATOR, centre, "ida")
    make_colleague(Role.PRIVACY_OFFICER, centre, "tuula")
    return make_case(maija, centre)


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    commands.add_to(parser.add_subparsers(required=True))
    args = parser.parse_args(["vault", *words])
    code: int = args.run(args)
    return code


def destroy(case: Case, certificate: Path, asked: str = "ida", confirmed: str = "tuula") -> int:
    who = ("--asked-by", asked, "--confirmed-by", confirmed)
    return run("destroy", str(case.pk), *who, "--reason", "clients_wish", "--certificate", str(certificate))


# ── Status and rotation ──────────────────────────────────────────────────────────────────────────────────────


def test_the_status_says_which_version_wraps_how_many_keys_and_what_is_to_be_done(case, capsys):
    assert run("status") == 0
    assert capsys.readouterr().out == "satama: version 1, 2 keys\n"
    vault.make_key(case.centre_id, doomed := uuid4())
    vault.destroy_key(case.centre_id, doomed)
    assert run("status") == 1
    out = capsys.readouterr().out
    assert out == "satama: version 2, 2 keys; versions 1 are still there: poukama vault rotate\n"
    assert run("rotate") == 0
    assert capsys.readouterr().out == "satama: version 2, 2 keys wrapped anew\n"
    assert run("status") == 0


def test_a_key_from_an_old_copy_is_seen(case, capsys):
    path, _ = keys.record_file(case.centre_id, case.client_id)
    old = path.read_bytes()
    run("rotate", "--centre", "satama")
    path.write_bytes(old)
    capsys.readouterr()
    assert run("status") == 1
    assert "1 of them do not open: bring back the newest copy" in capsys.readouterr().out
    assert run("rotate") == 1
    assert "1 do not open" in capsys.readouterr().out


def test_a_new_root_key_takes_over(settings, case, capsys):
    old, new = settings.ROOT_KEY, base64.b64encode(os.urandom(32)).decode()
    settings.ROOT_KEY, settings.ROOT_KEY_FILE, settings.ROOT_KEY_COMMAND = f"{new} {old}", "", ""
    assert run("status") == 1
    assert "two root keys are given" in capsys.readouterr().out
    assert run("rotate", "--root") == 0
    settings.ROOT_KEY = new
    assert run("status") == 0


def test_what_cannot_be_done_is_said_in_a_line(settings, case, capsys, monkeypatch):
    assert run("rotate", "--centre", "nowhere") == 2
    with keys._alone(case.centre_id):
        assert run("rotate") == 2
    settings.ROOT_KEY, settings.ROOT_KEY_FILE = "no key", ""
    assert run("status") == 2
    monkeypatch.setattr(access, "list_trails", lambda: (_ for _ in ()).throw(OperationalError("no\nserver")))
    assert run("status") == 2
    assert capsys.readouterr().err.splitlines() == [
        "poukama: there is no key of nowhere here",
        "poukama: another rotation of this centre's key is under way: wait for its end",
        "poukama: the keys cannot be used: the root key is not 32 bytes in base64",
        "poukama: the database cannot be asked: no server",
    ]


# ── Destruction ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_destroyed_case_leaves_a_certificate_that_was_signed(case, maija, centre, tmp_path, capsys):
    other = make_case(maija, centre, called="Bo")
    assert destroy(case, tmp_path / "certificate") == 0
    told = json.loads((tmp_path / "certificate").read_text())
    assert is_signed_by(told, signing.public_key())
    assert {name: told[name] for name in ("kind", "centre", "record", "reason", "version", "ended_versions")} == {
        "kind": "destruction",
        "centre": "satama",
        "record": f"clients.client:{case.client_id}",
        "reason": "clients_wish",
        "version": 2,
        "ended_versions": [1],
    }
    assert told["asked_by"] != told["confirmed_by"]
    assert (vault.has_key(centre.pk, case.client_id), vault.has_key(centre.pk, other.client_id)) == (False, True)
    assert [version.number for version in keys.versions(centre.pk)] == [2]


def test_a_destruction_that_was_cut_short_goes_on_when_it_is_asked_for_again(case, tmp_path, monkeypatch):
    with monkeypatch.context() as cut:
        cut.setattr(vault, "destroy_key", lambda *_: (_ for _ in ()).throw(InterruptedError))
        with pytest.raises(InterruptedError):
            destroy(case, tmp_path / "first")
    assert vault.has_key(case.centre_id, case.client_id)
    assert destroy(case, tmp_path / "second") == 0
    assert not vault.has_key(case.centre_id, case.client_id)
    assert not (tmp_path / "first").exists()


@pytest.mark.parametrize(
    ("asked", "confirmed", "said"),
    [
        ("ida", "ida", "two people destroy a record"),
        ("maija", "tuula", "no such case at a centre where both may"),
        ("ida", "maija", "no such case at a centre where both may"),
        ("ida", "elli", "no such case at a centre where both may"),
        ("ida", "nobody", ""),
    ],
)
def test_only_two_of_the_centre_who_may_destroy(case, tmp_path, capsys, asked, confirmed, said):
    make_colleague(Role.ADMINISTRATOR, make_centre("laakso"), "elli")
    assert destroy(case, tmp_path / "certificate", asked, confirmed) == 2
    assert said in capsys.readouterr().err
    assert vault.has_key(case.centre_id, case.client_id)
    assert not (tmp_path / "certificate").exists()


def test_no_certificate_is_written_over(case, tmp_path):
    (tmp_path / "certificate").write_text("kept")
    assert destroy(case, tmp_path / "certificate") == 2
    assert vault.has_key(case.centre_id, case.client_id)


@pytest.mark.usefixtures("plain_static")
def test_the_pages_of_a_destroyed_case_say_that_it_is_destroyed(case, maija):
    browser = sign_in(Client(), maija)
    assert browser.get(f"/s/t/{case.pk}/tiimi").status_code == 200
    vault.destroy_key(case.centre_id, case.client_id)
    answer = browser.get(f"/s/t/{case.pk}/tiimi")
    assert answer.status_code == 410
    assert "Tätä ei voi enää lukea" in answer.content.decode()
