"""How the command line ends, whatever becomes of what it writes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from poukama.config import cli

ROOT = Path(__file__).parents[2]
ASKED = [sys.executable, "-W", "error", "-m", "poukama.config.cli", "route", "--pack", "centres/helsinki", "--json"]


def test_whoever_reads_enough_may_leave():
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "wb") as out:
        done = subprocess.run(ASKED, cwd=ROOT, stdout=out, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_is_said_in_one_line():
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(ASKED, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (2, b"poukama: the answer: No space left on device\n")


def test_a_terminal_without_our_letters_gets_the_answer_all_the_same():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(ASKED, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b'"phone": "+358407018446"' in done.stdout


@pytest.mark.parametrize("option", ["--age", "--at", "--lives", "--sign", "--pack", "--language"])
def test_of_a_value_pasted_by_mistake_the_beginning_is_shown(capsys, option):
    value = " " * 5000 if option == "--lives" else "9" * 5000
    with pytest.raises(SystemExit) as left:
        cli.main(["route", "--pack", "centres/helsinki", option, value])
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert option in said
    assert said.count("\n") == 1
    assert len(said) < 450


def test_somebody_who_interrupts_is_not_shown_our_insides(capsys, monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("poukama.doors.commands.read_pack", interrupted)
    assert cli.main(["route", "--pack", "centres/helsinki"]) == 130
    assert capsys.readouterr() == ("", "")
