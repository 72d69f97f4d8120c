"""What the database says of the installation and its centres, and what is said without one."""

import datetime as dt
import subprocess
import sys
import time

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404

from poukama.audit.rules import verify
from poukama.centres import access
from poukama.centres.actions import found, load_pack
from poukama.centres.models import Installation
from poukama.config.settings import ROOT
from poukama.gate.rules import INSTALLATION, NOBODY, OPERATOR, Actor, Permission
from tests.centres.described import bare_pack

AT = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)


def opened(code):
    return load_pack(INSTALLATION, pack=bare_pack(code), files={"centre.toml": code}, by=OPERATOR, at=AT).centre


@pytest.fixture
def failing(monkeypatch):
    """A database that is away, and how often it was asked."""
    asked = []

    def fail(*args: object, **options: object) -> None:
        asked.append(args)
        raise OperationalError

    monkeypatch.setattr(Installation.objects, "values_list", fail, raising=False)
    monkeypatch.setattr(access._Practice, "answer", None)
    return asked


@pytest.mark.django_db
@pytest.mark.parametrize("practice", [True, False])
def test_whether_it_is_a_practice_version_is_asked_once_and_remembered(practice, django_assert_num_queries):
    found(INSTALLATION, practice=practice, by=OPERATOR, at=AT)
    with django_assert_num_queries(1):
        assert [access.practice() for _ in range(5)] == [practice] * 5


@pytest.mark.django_db
def test_a_database_that_nobody_has_founded_is_the_real_service_for_now(monkeypatch):
    assert access.practice() is False
    found(INSTALLATION, practice=True, by=OPERATOR, at=AT)
    assert access.practice() is False
    monkeypatch.setattr(access._Practice, "ask_at", time.monotonic())
    assert access.practice() is True


def test_while_the_database_is_away_it_is_the_real_service_and_is_asked_seldom(failing, monkeypatch):
    assert [access.practice() for _ in range(5)] == [False] * 5
    assert len(failing) == 1
    monkeypatch.setattr(access._Practice, "ask_at", time.monotonic())
    assert access.practice() is False
    assert len(failing) == 2


def test_nobody_waits_behind_a_page_that_is_asking(failing):
    with access._Practice.asking:
        assert access.practice() is False
    assert failing == []


@pytest.mark.parametrize("address", ["postgresql://poukama_app@127.0.0.1:1/none", "postgresql:///none?host=/nowhere"])
def test_without_a_database_the_answer_comes_in_seconds_and_the_process_ends(address):
    ask = (
        "import time, django; django.setup(); from poukama.centres.access import practice;"
        "begun = time.monotonic(); assert practice() is False; assert time.monotonic() - begun < 10;"
        "begun = time.monotonic(); assert practice() is False; assert time.monotonic() - begun < 0.1"
    )
    environment = {"POUKAMA_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "poukama.config.settings"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", ask], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_a_database_without_tables_is_the_real_service(monkeypatch):
    monkeypatch.setattr(Installation._meta, "db_table", "centres_absent")
    assert access.practice() is False


@pytest.mark.django_db
def test_the_centres_come_by_code():
    assert access.list_centres() == []
    cove, bay = opened("cove"), opened("bay")
    assert access.list_centres() == [bay, cove]
    assert access.held_pack(bay).files == {"centre.toml": "bay"}


@pytest.mark.django_db
def test_reading_a_trail_is_the_next_line_of_it():
    bay = opened("bay")
    assert [line.event for line in access.read_trail(bay, by=OPERATOR, at=AT)] == ["pack.loaded"]
    again = access.read_trail(bay, by=OPERATOR, at=AT)
    assert [line.event for line in again] == ["pack.loaded", "trail.read"]
    assert verify(again) is None


@pytest.mark.django_db
def test_another_centres_trail_does_not_exist():
    bay, cove = opened("bay"), opened("cove")
    reader = Actor("member:1", {bay.pk: frozenset({Permission.TRAIL_READ})})
    assert {line.centre for line in access.read_trail(bay, by=reader, at=AT)} == {bay.pk}
    for actor in (reader, NOBODY):
        with pytest.raises(Http404):
            access.read_trail(cove, by=actor, at=AT)


@pytest.mark.django_db
def test_ones_own_trail_without_the_permission_is_forbidden_and_leaves_no_line():
    bay = opened("bay")
    with pytest.raises(PermissionDenied):
        access.read_trail(bay, by=Actor("member:1", {bay.pk: frozenset({Permission.CENTRE_LOAD})}), at=AT)
    assert len(access.read_trail(bay, by=OPERATOR, at=AT)) == 1


@pytest.mark.django_db
def test_a_trail_costs_the_same_however_many_centres_there_are(django_assert_num_queries):
    bay = opened("bay")
    for code in ("cove", "inlet", "sound"):
        opened(code)
    with django_assert_num_queries(12):
        access.read_trail(bay, by=OPERATOR, at=AT)
