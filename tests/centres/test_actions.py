"""Founding an installation, and loading centres from packs."""

import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import Http404

from poukama.centres import access
from poukama.centres.actions import FoundedAsOther, found, load_pack
from poukama.centres.models import Centre, Installation, LoadedPack
from poukama.gate.rules import INSTALLATION, NOBODY, OPERATOR, Actor, Permission
from tests.centres.described import bare_pack

AT = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=1)
FILES = {"centre.toml": 'code = "bay"', "words/fi.toml": 'name = "Poukama"'}
OTHER_FILES = {**FILES, "words/fi.toml": 'name = "Lahti"'}


def load(files=FILES, *, by=OPERATOR, at=AT, **pack):
    return load_pack(INSTALLATION, pack=bare_pack(**pack), files=files, by=by, at=at)


def events(centre):
    return [line.event for line in access.read_trail(centre, by=OPERATOR, at=LATER)]


@pytest.mark.django_db
def test_the_database_remembers_what_it_was_founded_as():
    assert found(INSTALLATION, practice=True, by=OPERATOR, at=AT).practice
    assert access.practice() is True


@pytest.mark.django_db
def test_founding_again_as_the_same_changes_nothing():
    first = found(INSTALLATION, practice=False, by=OPERATOR, at=AT)
    assert found(INSTALLATION, practice=False, by=OPERATOR, at=LATER) == first
    assert Installation.objects.get().founded_at == AT


@pytest.mark.django_db
@pytest.mark.parametrize(("was", "words"), [(True, "practice version"), (False, "real service")])
def test_a_practice_version_never_becomes_the_real_service_nor_the_other_way(was, words):
    found(INSTALLATION, practice=was, by=OPERATOR, at=AT)
    with pytest.raises(FoundedAsOther, match=words):
        found(INSTALLATION, practice=not was, by=OPERATOR, at=LATER)


@pytest.mark.django_db
def test_a_first_load_opens_the_centre_and_is_the_first_line_of_its_trail():
    loaded = load()
    centre = Centre.objects.get()
    assert (centre.code, centre.country, centre.time_zone, centre.opened_at) == ("bay", "FI", "Europe/Helsinki", AT)
    assert (loaded.centre, loaded.files, loaded.loaded_at) == (centre, FILES, AT)
    assert events(centre) == ["pack.loaded"]


@pytest.mark.django_db
def test_loading_the_same_files_again_changes_nothing_and_leaves_no_line():
    first = load()
    assert load(dict(reversed(FILES.items())), at=LATER) == first
    assert LoadedPack.objects.count() == 1
    assert events(first.centre) == ["pack.loaded"]


@pytest.mark.django_db
def test_the_newest_pack_holds_also_when_it_is_an_old_one_again():
    first = load()
    second = load(OTHER_FILES, at=LATER, zone=ZoneInfo("Europe/Mariehamn"))
    assert access.held_pack(second.centre) == second
    assert Centre.objects.get().time_zone == "Europe/Mariehamn"
    third = load(at=LATER)
    assert access.held_pack(third.centre) == third
    assert third.digest == first.digest
    assert Centre.objects.get().opened_at == AT


@pytest.mark.django_db
def test_two_packs_that_run_together_into_the_same_text_are_two_packs():
    assert load({"a": "bc"}).digest != load({"ab": "c"}).digest


@pytest.mark.django_db(transaction=True)
def test_a_load_that_fails_leaves_nothing_behind():
    with pytest.raises(DatabaseError):
        load({"centre.toml": "a text with a \x00 in it"})
    assert not Centre.objects.exists()


@pytest.mark.django_db
def test_only_who_may_set_up_the_installation_loads_a_pack():
    with pytest.raises(Http404):
        load(by=NOBODY)
    with pytest.raises(PermissionDenied):
        load(by=Actor("member:1", everywhere=frozenset({Permission.TRAIL_READ})))


@pytest.mark.django_db(transaction=True)
def test_the_same_pack_loaded_by_many_at_once_is_loaded_once():
    def one() -> None:
        load()
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert LoadedPack.objects.count() == Centre.objects.count() == 1
