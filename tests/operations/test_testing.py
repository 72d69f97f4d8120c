"""The stages of `make test`: journeys are never left out in silence, and one that fails fails the whole."""

import os
import sys
from dataclasses import replace

import pytest

from poukama.operations import testing


@pytest.fixture
def _no_browser(monkeypatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("POUKAMA_CHROMIUM", raising=False)
    # Only root can install one.
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


def stage(code: str, *, needs_browser: bool = False) -> testing.Stage:
    return testing.Stage("A stage", ((sys.executable, "-c", code),), needs_browser=needs_browser)


@pytest.mark.usefixtures("_no_browser")
def test_without_a_browser_the_journeys_fail_and_say_how_to_get_one(capfd):
    assert testing.run((stage("print('walked')", needs_browser=True),), dict(os.environ)) == 1
    told = capfd.readouterr().out
    assert "install it (apt-get install chromium)" in told
    assert "walked" not in told


def test_a_stage_that_fails_keeps_none_from_running_and_fails_the_whole(capfd):
    stages = (stage("raise SystemExit(3)"), stage("print('ran')"))
    assert testing.run(stages, dict(os.environ)) == 1
    assert "ran" in capfd.readouterr().out
    assert testing.run(stages[1:], dict(os.environ)) == 0


def test_stages_side_by_side_run_at_once_and_each_says_its_own_words_in_one_piece(capfd, tmp_path):
    met = "import pathlib, time\nhere = pathlib.Path({0!r})\nhere.joinpath('{1}').touch()\n"
    met += "while not here.joinpath('{2}').exists(): time.sleep(0.05)\nprint('{1} met {2}')"
    both = tuple(stage(met.format(str(tmp_path), one, other)) for one, other in (("a", "b"), ("b", "a")))
    assert testing.run((both,), dict(os.environ)) == 0
    told = capfd.readouterr().out
    assert told.index("a met b") < told.index("-- passed") < told.index("b met a")


def test_one_of_several_that_fails_fails_the_whole(capfd):
    assert testing.run(((stage("print('fine')"), stage("raise SystemExit(1)")),), dict(os.environ)) == 1
    assert "fine" in capfd.readouterr().out


def test_a_stage_says_how_many_rounds_its_tests_go(capfd):
    told = "import os; print('rounds:', os.environ.get('POUKAMA_FAULT_ROUNDS'))"
    once, often = stage(told), replace(stage(told), rounds=1000)
    assert testing.run((once, often), dict(os.environ)) == 0
    assert [line for line in capfd.readouterr().out.splitlines() if "rounds" in line] == [
        "rounds: None",
        "rounds: 1000",
    ]
