"""`poukama member`: the first of a centre comes in by the command line, and a check says when two have."""

import re

import pytest
from django.db import OperationalError

from poukama.config import cli
from poukama.staff import access
from poukama.staff.codes import hash_of
from poukama.staff.models import Member
from poukama.staff.rules import typed_code
from tests.people import LONG_AGO, acting, come_in, make_centre

pytestmark = pytest.mark.django_db
ADD = ("add", "ida", "Ida Ilmarinen", "--role", "administrator", "--centre", "satama")


@pytest.fixture(autouse=True)
def _at_the_time(monkeypatch) -> None:
    monkeypatch.setattr("poukama.core.clock.now", lambda: LONG_AGO)


@pytest.fixture
def member(capsys):
    """Run `poukama member ...`: its status, and what it printed."""

    def run(*words: str) -> tuple[int, str]:
        try:
            status = cli.main(["member", *words])
        except SystemExit as stopped:
            status = int(str(stopped.code))
        shown = capsys.readouterr()
        return status, shown.out + shown.err

    return run


def way_in(printed: str):
    """The way in that a printed code opens."""
    (code,) = re.findall(r"(?:[2-9A-Z]{4}-?){3}", printed)
    return access.way_in_of(hash_of(typed_code(code)), LONG_AGO).way_in


def test_the_first_administrator_is_taken_in_by_a_code(member):
    make_centre()
    status, printed = member(*ADD)
    assert status == 0
    come_in(way_in(printed))
    ida = Member.objects.get(login="ida")
    assert ida.name == "Ida Ilmarinen"
    assert acting(ida).rights


@pytest.mark.parametrize(
    ("words", "said", "status"),
    [
        (("add", "Ida I", *ADD[2:]), "is no login", 2),
        ((*ADD[:-1], "nowhere"), "there is no centre nowhere", 2),
        ((*ADD[:4], "chief", *ADD[5:]), "invalid choice", 2),
        (("reset", "nobody"), "Nobody has this login", 1),
        (("close", "nobody"), "Nobody has this login", 1),
        (("add",), "required", 2),
    ],
)
def test_what_cannot_be_done_is_one_line_and_a_status(member, words, said, status):
    make_centre()
    found, printed = member(*words)
    assert (found, said in printed, printed.count("\n")) == (status, True, 1)


def test_a_login_is_taken_once(member):
    make_centre()
    member(*ADD)
    assert member(*ADD)[0] == 1
    assert Member.objects.count() == 1


def test_a_reset_lets_in_the_closed_the_lost_and_those_who_have_not_come_in(member):
    make_centre()
    _, first = member(*ADD)
    _, second = member("reset", "ida")
    assert way_in(second).member.login == "ida"
    come_in(way_in(second))
    _, third = member("reset", "ida")
    assert not Member.objects.get().has_usable_password()
    come_in(way_in(third))
    assert member("close", "ida")[0] == 0
    assert acting(Member.objects.get()).rights == {}
    _, fourth = member("reset", "ida")
    assert come_in(way_in(fourth)).closed_at is None
    assert len({first, second, third, fourth}) == 4


def test_the_check_fails_until_every_centre_has_two_administrators_who_have_come_in(member):
    make_centre()
    assert member("check") == (1, "satama: 0 of 2 administrators have come in; real use needs two\n")
    printed = [member("add", login, login, *ADD[3:])[1] for login in ("ida", "eero")]
    come_in(way_in(printed[0]))
    assert member("check")[1].startswith("satama: 1 of 2")
    come_in(way_in(printed[1]))
    assert member("check") == (0, "every centre has at least two administrators who have come in\n")


def test_a_database_that_cannot_be_asked_is_said_in_one_line(member, monkeypatch):
    def fail(**_: object) -> None:
        raise OperationalError("no\nserver")

    monkeypatch.setattr(access, "administrators", fail)
    assert member("check") == (2, "poukama: the database cannot be asked: no server\n")
