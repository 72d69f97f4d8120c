"""The way from a bare machine into every command."""

import json
import re
import shutil
import subprocess
import sys

import pytest

from poukama.operations import environment
from poukama.operations.environment import DEVELOPMENT, POSTGRES, ROOT, RUNTIME, Refused


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^[a-z][^ ]*==[^ ]+", (ROOT / lock).read_text(), re.MULTILINE))


def test_make_alone_lists_every_command_with_a_line_of_help():
    said = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = re.findall(r"^  make (\S+) +\S", said, re.MULTILINE)
    assert set(listed) == {"help", *environment.COMMANDS}


def test_each_lock_holds_what_the_smaller_one_holds():
    assert pins(RUNTIME) < pins(POSTGRES) < pins(DEVELOPMENT)


@pytest.mark.parametrize("lock", [RUNTIME, POSTGRES, DEVELOPMENT])
def test_a_lock_has_a_hash_for_every_package_and_the_address_of_none(lock):
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert len(re.split(r"^[a-z][^ ]*==", text, flags=re.MULTILINE)) - 1 == len(pins(lock))
    assert all("--hash=sha256:" in part for part in re.split(r"^[a-z][^ ]*==", text, flags=re.MULTILINE)[1:])


@pytest.mark.parametrize(
    ("said", "mend"),
    [
        ("The virtual environment was not created because ensurepip is not available.", "install python3-venv"),
        ("/usr/bin/python3: No module named venv", "install python3-venv"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "free about 1 GB"),
        ("NewConnectionError: Failed to establish a new connection: [Errno 111]", "connect to the network"),
        ("Temporary failure in name resolution\nERROR: No matching distribution found", "connect to the network"),
        ("ERROR: No matching distribution found for granian==2.8.7", "use Python 3.11, 3.12 or 3.13"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "do not install it"),
        ("something quite new", "(something quite new): mend that"),
    ],
)
def test_what_a_set_up_fails_of_is_said_with_the_mend(said, mend, capfd):
    with pytest.raises(Refused, match=re.escape(mend)) as refused:
        environment._quietly([sys.executable, "-c", f"print({said!r}); raise SystemExit(1)"])
    assert "\n" not in str(refused.value)
    assert said in capfd.readouterr().err


def test_a_set_up_that_works_says_nothing(capfd):
    environment._quietly([sys.executable, "-c", "print('a warning')"])
    assert capfd.readouterr() == ("", "")


def test_a_python_that_is_too_old_is_named_with_the_mend(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Refused, match=r"needs Python 3\.11 or newer and this is 3\.9\.2: install one"):
        environment._need_python()


def test_an_old_python_can_read_the_file_that_tells_it_so():
    source = (ROOT / "poukama" / "operations" / "environment.py").read_text()
    compile(source, "environment.py", "exec", _feature_version=6)


@pytest.mark.parametrize(
    "differs",
    [{"python": [3, 2]}, {"root": "/elsewhere"}, {"locks": {RUNTIME: "0" * 64}}],
    ids=["another Python", "another folder", "an older lock"],
)
def test_an_environment_that_differs_is_made_anew(differs, tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "_STAMP", tmp_path / "stamp")
    monkeypatch.setattr(environment, "PYTHON", tmp_path)
    sound = environment._stamp() | {"locks": {RUNTIME: environment._digest(RUNTIME)}}
    (tmp_path / "stamp").write_text(json.dumps(sound))
    assert environment._stamp()["locks"]
    (tmp_path / "stamp").write_text(json.dumps(sound | differs))
    assert environment._stamp()["locks"] == {}
