"""The stages of `make test`: journeys are never left out in silence, and one that fails fails the whole."""

import os
import sys

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
