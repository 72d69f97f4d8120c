"""`poukama audit verify`: what it prints, and how it ends."""

import argparse
import datetime as dt

import pytest
from django.db.utils import OperationalError

from poukama.centres import access, commands
from poukama.centres.actions import found
from poukama.gate.rules import INSTALLATION, OPERATOR
from tests.people import make_centre, make_member

AT = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    commands.add_to(parser.add_subparsers(required=True))
    args = parser.parse_args(["audit", "verify", *words])
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
