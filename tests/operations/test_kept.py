"""What an installation keeps for itself, and how the command line finds the database by it."""

import os
import stat

import pytest

from poukama.config import cli
from poukama.operations import kept

ADDRESS = "postgresql://harbour_app:secret@/harbour?host=%2Fsomewhere"


def test_the_address_is_kept_for_its_owner_alone_and_written_over(tmp_path):
    assert kept.kept_address(tmp_path) is None
    for address in ("postgresql://before@/x", ADDRESS):
        kept.keep_address(address, tmp_path)
        assert kept.kept_address(tmp_path) == address
    assert stat.S_IMODE((tmp_path / "database").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["database"]


def test_secrets_are_made_once_and_differ(tmp_path):
    made = kept.kept_secrets(tmp_path)
    assert kept.kept_secrets(tmp_path) == made
    assert len(set(made.values())) == len(made) == 3
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("told", "written", "used"),
    [(None, ADDRESS, ADDRESS), ("postgresql:///other", ADDRESS, "postgresql:///other"), (None, None, None)],
    ids=["what was kept", "what is told comes first", "nothing is known"],
)
def test_the_command_line_finds_the_database_by_itself(monkeypatch, capsys, told, written, used):
    # Set first, so that whatever the command sets is undone.
    monkeypatch.setenv("POUKAMA_DATABASE_URL", "")
    if told is None:
        monkeypatch.delenv("POUKAMA_DATABASE_URL")
    else:
        monkeypatch.setenv("POUKAMA_DATABASE_URL", told)
    monkeypatch.setattr(cli, "kept_address", lambda: written)
    assert cli.main(["route", "--pack", "centres/helsinki", "--json"]) == 0
    assert os.environ.get("POUKAMA_DATABASE_URL") == used
