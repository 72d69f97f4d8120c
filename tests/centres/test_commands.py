"""`poukama audit verify`, `export`, `checkpoint` and `key`: what they print and write, and how they end."""

import argparse
import datetime as dt
import json
import tracemalloc
from pathlib import Path

import pytest
from django.db import connection
from django.db.utils import OperationalError

from poukama.centres import access, commands
from poukama.centres.actions import found
from poukama.centres.models import Centre
from poukama.gate.rules import INSTALLATION, OPERATOR
from poukama.gate.scope import within
from tests.people import make_centre, make_member

AT = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)


VERBS = ("verify", "export", "checkpoint", "key")


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    commands.add_to(parser.add_subparsers(required=True))
    args = parser.parse_args(["audit", *(words if words and words[0] in VERBS else ("verify", *words))])
    code: int = args.run(args)
    return code


@pytest.fixture
def installation() -> None:
    found(INSTALLATION, practice=True, by=OPERATOR, at=AT)
    make_member(centre=make_centre("satama"))
    make_centre("laakso")


@pytest.mark.django_db
def test_whole_trails_are_told_line_by_line_with_their_last_seals(installation, capsys):
    assert run() == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.partition(", last seal ")[0] for line in said] == [
        "installation: whole, 2 lines",
        "laakso: whole, 1 lines",
        "satama: whole, 2 lines",
    ]
    assert all(len(line.partition(", last seal ")[2]) == 64 for line in said)


@pytest.mark.django_db
def test_the_look_is_the_next_line_of_the_trail(installation, capsys):
    run("--centre", "satama")
    run("--centre", "satama")
    assert capsys.readouterr().out.splitlines()[1].startswith("satama: whole, 3 lines")


@pytest.mark.django_db(transaction=True)
def test_a_line_that_was_changed_is_named_and_the_command_fails(installation, capsys, owner):
    owner(
        "alter table audit_auditevent disable trigger user, no force row level security;"
        "update audit_auditevent set actor = 'member:9' where event = 'post.given';"
        "alter table audit_auditevent enable trigger user, force row level security"
    )
    assert run() == 1
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[1].split()[0] for line in said] == ["whole,", "whole,", "broken"]
    assert "satama: broken at line 2 (2026-01-01 00:00:00 UTC, post.given, staff.post:" in said[2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"), [(("--centre", "nowhere"), "no centre 'nowhere' here"), ((), "no installation here")]
)
def test_a_trail_that_is_not_there_is_an_error(words, said, capsys):
    assert run(*words) == 2
    assert said in capsys.readouterr().err


@pytest.mark.django_db
def test_without_a_database_it_says_so_in_a_line(installation, capsys, monkeypatch):
    def fail(*args: object, **options: object) -> None:
        raise OperationalError("no\nserver")

    monkeypatch.setattr(access, "list_trails", fail)
    assert run() == 2
    assert capsys.readouterr().err == "poukama: the database cannot be asked: no server\n"


# ── Exports and checkpoints ──────────────────────────────────────────────────────────────────────────────────


def public_key(capsys) -> str:
    capsys.readouterr()
    assert run("key") == 0
    printed: str = capsys.readouterr().out
    return printed.strip()


def check(capsys, file: Path, *kept: Path) -> tuple[int, str]:
    """What `verify` says of a file, without its name."""
    words = [word for each in kept for word in ("--checkpoint", str(each))]
    status = run("verify", str(file), "--key", public_key(capsys), *words)
    return status, capsys.readouterr().out.partition(": ")[2].partition(", signed")[0].strip()


@pytest.mark.django_db
def test_an_export_is_whole_and_holds_every_event_before_it(installation, capsys, tmp_path):
    assert run("export", "satama", str(tmp_path / "a")) == 0
    assert run("export", "satama", str(tmp_path / "b")) == 0
    assert capsys.readouterr().out.splitlines()[1] == f"{tmp_path / 'b'}: satama, 3 events"
    assert check(capsys, tmp_path / "b") == (0, "whole: satama, events 1 to 3")
    events = [json.loads(line)["event"] for line in (tmp_path / "b").read_text().splitlines()[1:]]
    assert events == ["pack.loaded", "post.given", "trail.exported"]
    assert (tmp_path / "b").stat().st_mode & 0o77 == 0


@pytest.mark.django_db
def test_an_export_may_be_of_some_days_by_the_centres_clock(installation, capsys, tmp_path):
    centre = Centre.objects.get(code="satama")
    # 22:30 UTC on the last of January is the first of February in Helsinki.
    for day in ("2026-01-31T22:30", "2026-02-01T21:30", "2026-02-01T22:30"):
        at = dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
        access.look_into(centre, by=OPERATOR, at=at)
    for name, since, until, events in (
        ("day", "2026-02-01", "2026-02-01", (3, 4)),
        ("from", "2026-02-01", "2099-01-01", (3, 6)),
        ("none", "2099-01-01", "2099-02-01", (8, 7)),
        ("early", "2020-01-01", "2020-02-01", (1, 0)),
    ):
        file = tmp_path / name
        assert run("export", "satama", str(file), "--since", since, "--until", until) == 0
        assert check(capsys, file) == (0, f"whole: satama, events {events[0]} to {events[1]}"), name


@pytest.mark.django_db
def test_an_export_with_a_line_less_or_another_key_is_not_whole(installation, capsys, tmp_path):
    file = tmp_path / "file"
    run("export", "satama", str(file))
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))
    assert check(capsys, file) == (1, "NOT WHOLE: lines are missing at the end (at event 2)")
    assert run("verify", str(file)) == 2
    assert "--key KEY" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_file_that_is_there_is_not_written_over(installation, tmp_path):
    (tmp_path / "file").write_text("kept")
    with pytest.raises(FileExistsError):
        run("export", "satama", str(tmp_path / "file"))
    assert (tmp_path / "file").read_text() == "kept"
    assert run("export", "nowhere", str(tmp_path / "other")) == 2


@pytest.mark.django_db(transaction=True)
def test_lines_cut_off_at_the_end_are_found_by_a_checkpoint_that_was_kept(installation, capsys, tmp_path, owner):
    kept, file = tmp_path / "kept", tmp_path / "file"
    assert run("checkpoint") == 0
    kept.write_text(capsys.readouterr().out)
    assert [json.loads(line)["trail"] for line in kept.read_text().splitlines()] == ["installation", "laakso", "satama"]
    assert run("--checkpoint", str(kept)) == 0
    run("export", "satama", str(file))
    assert check(capsys, file, kept) == (0, "whole: satama, events 1 to 4")
    owner(
        "alter table audit_auditevent disable trigger user, no force row level security;"
        "delete from audit_auditevent where number > 1;"
        "alter table audit_auditevent enable trigger user, force row level security"
    )
    assert run() == 0
    assert run("--checkpoint", str(kept)) == 1
    assert "satama: is not the trail that was signed 20" in capsys.readouterr().out
    run("export", "satama", str(tmp_path / "after"))
    assert check(capsys, tmp_path / "after", kept)[0] == 1


@pytest.mark.django_db
def test_a_checkpoint_that_somebody_else_signed_cannot_be_used(installation, capsys, tmp_path):
    run("checkpoint", "--centre", "satama")
    kept = tmp_path / "kept"
    kept.write_text(capsys.readouterr().out.replace('"number": 2', '"number": 1'))
    assert run("--checkpoint", str(kept)) == 2
    assert "not signed by this key" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_long_trail_takes_no_more_memory_than_a_short_one(installation, tmp_path):
    centre = Centre.objects.get(code="satama")

    def peak(name: str) -> int:
        run("verify", "--centre", "satama")
        tracemalloc.start()
        run("export", "satama", str(tmp_path / name))
        run("verify", "--centre", "satama")
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    def grow(lines: int) -> None:
        with within(centre.pk), connection.cursor() as cursor:
            cursor.execute(
                "insert into audit_auditevent (centre_id, at, event, actor, target)"
                " select %s, now(), 'case.listed', 'operator', 'centres.centre:1' from generate_series(1, %s)",
                [centre.pk, lines],
            )

    grow(600)
    short = peak("short")
    grow(2000)
    assert peak("long") < 1.5 * short
