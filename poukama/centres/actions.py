"""Setting up: the installation, and its centres from their packs."""

import datetime as dt
import hashlib
from collections.abc import Mapping

from django.db import connection

from poukama.centres.models import Centre, Installation, LoadedPack
from poukama.centres.rules import Pack
from poukama.gate.gates import AlreadyDone, action
from poukama.gate.rules import Actor, Permission, WholeInstallation

# An advisory lock's number, ours by choice: whoever founds or loads holds it until the end of the transaction.
_SETTING_UP = 7_005_001


class FoundedAsOther(Exception):
    """The database was founded as the other of the two: a practice version never becomes the real service."""

    def __init__(self, *, practice: bool) -> None:
        super().__init__(f"this database was founded as the {'practice version' if practice else 'real service'}")


@action("installation.founded", Permission.CENTRE_LOAD)
def found(installation: WholeInstallation, /, *, practice: bool, by: Actor, at: dt.datetime) -> Installation:
    """Write down, once and for good, whether this is a practice version.

    Founding again as the same changes nothing. Raises FoundedAsOther if it was founded as the other.
    """
    _take_turns()
    standing = Installation.objects.first()
    if standing is None:
        return Installation.objects.create(practice=practice, founded_at=at)
    if standing.practice is not practice:
        raise FoundedAsOther(practice=standing.practice)
    raise AlreadyDone(standing)


@action("pack.loaded", Permission.CENTRE_LOAD)
def load_pack(
    installation: WholeInstallation, /, *, pack: Pack, files: Mapping[str, str], by: Actor, at: dt.datetime
) -> LoadedPack:
    """Open or update a centre from its pack, given parsed and as its `files` (path to text). All of it or nothing.

    The files that the centre already holds change nothing.
    """
    _take_turns()
    digest = _digest(files)
    centre = Centre.objects.filter(code=pack.code).first() or Centre(code=pack.code, opened_at=at)
    held = LoadedPack.objects.filter(centre_id=centre.pk).order_by("id").last()
    if held is not None and held.digest == digest:
        raise AlreadyDone(held)
    centre.country, centre.time_zone = pack.country, pack.zone.key
    centre.save()
    return LoadedPack.objects.create(centre=centre, digest=digest, files=dict(files), loaded_at=at)


def _digest(files: Mapping[str, str]) -> str:
    whole = hashlib.sha256()
    for path, text in sorted(files.items()):
        for part in (path.encode(), text.encode()):
            # The length first, so that no two packs run together into the same bytes.
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def _take_turns() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_SETTING_UP])
