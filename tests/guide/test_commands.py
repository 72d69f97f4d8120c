"""`poukama guide export DIR`."""

import subprocess
import sys
from pathlib import Path

import pytest

from poukama.guide.commands import export
from tests.guide.installations import NIGHT, OPEN, installed


def test_it_writes_every_page_and_what_the_pages_need(tmp_path):
    written = export(tmp_path, installed("helsinki"), at=OPEN, practice=False)
    assert written == len(list(tmp_path.rglob("*.html"))) == 52
    assert {path.name for path in (tmp_path / "static" / "core").iterdir()} == {"poukama.css", "leave.js", "mark.svg"}


def test_writing_again_changes_nothing_but_what_has_changed(tmp_path):
    export(tmp_path, installed("helsinki"), at=OPEN, practice=False)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    export(tmp_path, installed("helsinki"), at=NIGHT, practice=False)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before


def test_a_practice_version_says_so_in_its_files_too(tmp_path):
    export(tmp_path, installed("satama", practice=True), at=OPEN, practice=True)
    for file in tmp_path.rglob("*.html"):
        page = file.read_text(encoding="utf-8")
        assert 'class="banner practice"' in page
        assert "tel:" not in page


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "poukama.config.cli", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=Path(__file__).resolve().parents[2],
    )


def test_the_command_needs_no_database(tmp_path, monkeypatch):
    monkeypatch.setenv("POUKAMA_DATABASE_URL", f"postgresql:///nothing?host={tmp_path / 'absent'}")
    done = command("guide", "export", str(tmp_path / "pages"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"52 pages in {tmp_path / 'pages'}\n"
    assert (tmp_path / "pages" / "index.html").exists()


@pytest.mark.parametrize("fault", ["no such pack", "a file in the way"])
def test_what_it_cannot_do_it_says_in_one_line(tmp_path, monkeypatch, fault):
    folder = tmp_path / "pages"
    if fault == "no such pack":
        monkeypatch.setenv("POUKAMA_FRONT_PACK", str(tmp_path / "absent"))
    else:
        folder.write_text("")
    done = command("guide", "export", str(folder))
    assert done.returncode == 1
    assert done.stderr.startswith("poukama: ")
    assert done.stderr.count("\n") == 1
