"""What the database refuses, whoever writes."""

import datetime as dt

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from poukama.centres.models import Centre, Installation, LoadedPack

AT = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
DIGEST = "0" * 64


def centre(**changes):
    return Centre(**{"code": "bay", "country": "FI", "time_zone": "Europe/Helsinki", "opened_at": AT, **changes})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"code": "Bay of calm"}, {"code": ""}, {"country": "Finland"}, {"country": "fi"}, {"id": 0}, {"id": -1}]
)
def test_a_centre_has_a_plain_code_a_country_and_a_number_above_the_installations(change):
    with pytest.raises(IntegrityError):
        centre(**change).save()


@pytest.mark.django_db
def test_two_centres_never_share_a_code():
    centre().save()
    with pytest.raises(IntegrityError):
        centre().save()


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 2])
def test_there_is_one_installation(number):
    Installation.objects.create(practice=True, founded_at=AT)
    with pytest.raises(IntegrityError):
        Installation.objects.create(id=number, practice=False, founded_at=AT)


@pytest.mark.django_db
def test_a_digest_is_a_digest():
    bay = centre()
    bay.save()
    with pytest.raises(IntegrityError):
        LoadedPack.objects.create(centre=bay, digest="abc", files={}, loaded_at=AT)


@pytest.mark.django_db
def test_a_centre_with_a_pack_stays():
    bay = centre()
    bay.save()
    LoadedPack.objects.create(centre=bay, digest=DIGEST, files={}, loaded_at=AT)
    with pytest.raises(models.ProtectedError):
        bay.delete()


TABLES = ("centres_installation", "centres_loadedpack")


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["update {} set id = 2", "delete from {}"])
def test_neither_the_installation_nor_a_loaded_pack_ever_changes(table, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


@pytest.mark.parametrize("table", TABLES)
def test_not_even_their_owner_empties_them(owner, table):
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
        owner(f"truncate {table}")


def test_rows_say_what_they_are_and_where_they_belong():
    assert [str(Installation(practice=practice)) for practice in (True, False)] == ["practice version", "real service"]
    assert Installation(practice=True).centre_id == 0
    assert (str(centre(id=3)), centre(id=3).centre_id) == ("bay", 3)
    assert str(LoadedPack(centre_id=3, digest=DIGEST)) == "3 000000000000"
