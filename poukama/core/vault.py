"""What is told is sealed: a root key wraps a key for each centre, and that wraps a key for each record.

The wrapped keys are files apart from the database and its dumps, so that destroying one destroys what it sealed in
every copy; `keys` keeps them. The root key comes from outside: a file, the environment, or a command that asks a key
service. Sealed bytes name the table, field and record they belong to and open nowhere else. A text's length can be
guessed from them. What must be found again is kept blind beside it: the same text gives the same bytes, which nobody
can turn back without the centre's key.
"""

import hmac
from uuid import UUID

from poukama.core import keys
from poukama.core.keys import NoRootKey, Unreadable

__all__ = ["NoRootKey", "Unreadable", "blind", "destroy_key", "has_key", "make_key", "seal", "unseal"]


def make_key(centre: int, record: UUID) -> None:
    """Give a record its key, on disk before this returns. A record that has one keeps it."""
    keys.make(centre, *keys.record_file(centre, record))


def has_key(centre: int, record: UUID) -> bool:
    """Whether a record's key is there."""
    path, _ = keys.record_file(centre, record)
    return path.exists()


def seal(text: str, *, centre: int, record: UUID, place: str) -> bytes:
    """A text as bytes that only `unseal` reads, at the same `place`: table and field. Nothing sealed is nothing.

    Raises Unreadable if the record has no key.
    """
    return keys.wrap(_record_key(centre, record), text.encode(), _bound(centre, record, place)) if text else b""


def unseal(sealed: bytes, *, centre: int, record: UUID, place: str) -> str:
    """The text that was sealed for this place of this record. Raises Unreadable."""
    key = _record_key(centre, record) if sealed else b""
    return keys.unwrap(key, bytes(sealed), _bound(centre, record, place)).decode() if sealed else ""


def destroy_key(centre: int, record: UUID) -> None:
    """Destroy a record's key: whatever it sealed can be read no more, in this database or any copy of it.

    An old copy of the key itself is dead once `keys.rotate` has ended the versions of the centre's key that there were.
    """
    path, _ = keys.record_file(centre, record)
    keys.destroy(centre, path)


def blind(text: str, *, centre: int, place: str) -> bytes:
    """A text as 32 bytes that an index can hold: the same each time in one place of a centre, and different elsewhere.

    What counts as the same text is the caller's to say, by the form it gives.
    """
    # A key of its own, so that a new version of the centre's key re-wraps it and every index stays as it is.
    path, bound = keys.blind_file(centre)
    keys.make(centre, path, bound)
    return hmac.digest(keys.opened(centre, path, bound), f"{place}\0{text}".encode(), "sha256")


def _record_key(centre: int, record: UUID) -> bytes:
    try:
        return keys.opened(centre, *keys.record_file(centre, record))
    except FileNotFoundError:
        raise Unreadable("the record has no key") from None


def _bound(centre: int, record: UUID, place: str) -> str:
    return f"field:{centre}:{record}:{place}"
