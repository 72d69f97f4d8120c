"""The custody of a sample by the command line."""

import subprocess
import sys

import pytest

from poukama.config.cli import main
from poukama.core import signing
from tests.samples.test_proof import SCRIPT, lines, sample

__all__ = ["lines", "sample"]
pytestmark = pytest.mark.django_db


def test_the_command_writes_a_file_and_says_of_it_that_it_is_whole(sample, tmp_path, capsys):
    assert main(["custody", "export", sample.code]) == 0
    file = tmp_path / "custody"
    file.write_text(capsys.readouterr().out)
    assert main(["custody", "verify", str(file), "--key", signing.public_key()]) == 0
    said = capsys.readouterr().out
    assert f"whole: sample {sample.code}, 4 entries" in said
    assert subprocess.run([sys.executable, SCRIPT, file], capture_output=True, text=True, check=True).stdout.startswith(
        "whole: 4"
    )


def test_the_command_names_what_is_wrong(sample, lines, tmp_path, capsys):
    file = tmp_path / "custody"
    file.write_text("\n".join([*lines[:2], *lines[3:]]))
    assert main(["custody", "verify", str(file)]) == 1
    assert "NOT WHOLE" in capsys.readouterr().out
    assert subprocess.run([sys.executable, SCRIPT, file], capture_output=True, check=False).returncode == 1
    assert subprocess.run([sys.executable, SCRIPT], capture_output=True, check=False).returncode == 2
    assert main(["custody", "verify", str(file), "--head", "00"]) == 1
    file.write_bytes(b"\xff\xfe")
    assert main(["custody", "verify", str(file)]) == 1
    file.write_text("{}")
    assert main(["custody", "verify", str(file)]) == 1


@pytest.mark.parametrize("number", ["N00312147", "N00312148", "nothing"])
def test_a_number_that_no_taken_sample_has_is_not_there(sample, number, capsys):
    assert main(["custody", "export", number]) == 1
    assert main(["custody", "export", sample.code, "--centre", "laakso"]) == 1
    assert "no sample" in capsys.readouterr().err
