"""What is told is sealed: a root key wraps a key for each centre, and that wraps a key for each record.

The wrapped keys are files apart from the database and its dumps, so that destroying one destroys what it sealed in
every copy. The root key comes from outside: a file, the environment, or a command that asks a key service. Sealed
bytes name the table, field and record they belong to and open nowhere else. A text's length can be guessed from them.
What must be found again is kept blind beside it: the same text gives the same bytes, which nobody can turn back
without the centre's key.
"""

import base64
import binascii
import hmac
import os
import shlex
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES = 32
_NONCE_BYTES = 12
# Raised when the way of sealing changes, so that what was sealed before can still be told apart.
_FORM = b"\x01"
# A key service that does not answer within this many seconds is down.
_PATIENCE = 10


class Unreadable(Exception):
    """Sealed bytes that do not open: sealed for another place, changed, or their key is destroyed."""


class NoRootKey(Exception):
    """The root key is not there, or is not a key: nothing can be sealed or read."""


def make_key(centre: int, record: UUID) -> None:
    """Give a record its key, on disk before this returns. A record that has one keeps it."""
    path = _path(centre, record)
    if not path.exists():
        _keep(path, _wrap(_centre_key(centre), _new_key(), f"key:{centre}:{record}"))


def seal(text: str, *, centre: int, record: UUID, place: str) -> bytes:
    """A text as bytes that only `unseal` reads, at the same `place`: table and field. Nothing sealed is nothing.

    Raises Unreadable if the record has no key.
    """
    return _wrap(_record_key(centre, record), text.encode(), _bound(centre, record, place)) if text else b""


def unseal(sealed: bytes, *, centre: int, record: UUID, place: str) -> str:
    """The text that was sealed for this place of this record. Raises Unreadable."""
    return _unwrap(_record_key(centre, record), bytes(sealed), _bound(centre, record, place)).decode() if sealed else ""


def destroy_key(centre: int, record: UUID) -> None:
    """Destroy a record's key: whatever it sealed can be read no more, in this database or any copy of it."""
    path = _path(centre, record)
    path.unlink(missing_ok=True)
    _settle(path.parent)


def blind(text: str, *, centre: int, place: str) -> bytes:
    """A text as 32 bytes that an index can hold: the same each time in one place of a centre, and different elsewhere.

    What counts as the same text is the caller's to say, by the form it gives.
    """
    return hmac.digest(_blind_key(centre), f"{place}\0{text}".encode(), "sha256")


# ── Keys ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _record_key(centre: int, record: UUID) -> bytes:
    try:
        wrapped = _path(centre, record).read_bytes()
    except FileNotFoundError:
        raise Unreadable("the record has no key") from None
    return _unwrap(_centre_key(centre), wrapped, f"key:{centre}:{record}")


def _centre_key(centre: int) -> bytes:
    return _kept_key(Path(settings.KEYS) / str(centre) / "centre.key", f"key:{centre}", _root_key())


def _blind_key(centre: int) -> bytes:
    # A key of its own, so that a new version of the centre's key re-wraps it and every index stays as it is.
    return _kept_key(Path(settings.KEYS) / str(centre) / "blind.key", f"blind:{centre}", _centre_key(centre))


@lru_cache(maxsize=256)
def _kept_key(path: Path, place: str, above: bytes) -> bytes:
    if not path.exists():
        _keep(path, _wrap(above, _new_key(), place))
    # Read back: if two made it at once, the first one holds.
    return _unwrap(above, path.read_bytes(), place)


def _root_key() -> bytes:
    command, file, text = settings.ROOT_KEY_COMMAND, settings.ROOT_KEY_FILE, settings.ROOT_KEY
    return _decoded(_asked(command) if command else Path(file).read_text() if file else text)


@lru_cache(maxsize=1)
def _asked(command: str) -> str:
    """What the key service's command prints; asked once in the life of a process."""
    try:
        done = subprocess.run(  # noqa: S603 - the administrator's own command
            shlex.split(command), capture_output=True, text=True, timeout=_PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError) as fault:
        # Neither what it printed nor how it was called: either may hold a secret.
        raise NoRootKey(f"the command for the root key failed ({type(fault).__name__})") from None
    return done.stdout


def _decoded(text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise NoRootKey(f"the root key is not {KEY_BYTES} bytes in base64")
    return key


def _new_key() -> bytes:
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────────


def _path(centre: int, record: UUID) -> Path:
    # Two characters a folder, so that no folder grows too long to list.
    return Path(settings.KEYS) / str(centre) / record.hex[:2] / f"{record.hex}.key"


def _keep(path: Path, content: bytes) -> None:
    """Put a file there whole and for good, unless one is there already."""
    new = [folder for folder in (path.parent, *path.parents) if not folder.exists()]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        Path(draft).unlink()
    for folder in (path.parent, *(folder.parent for folder in new)):
        _settle(folder)


def _settle(folder: Path) -> None:
    """See to it that what came into or went from a folder survives a power cut."""
    if not folder.exists():
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# ── Bytes ────────────────────────────────────────────────────────────────────────────────────────────────────


def _bound(centre: int, record: UUID, place: str) -> str:
    return f"field:{centre}:{record}:{place}"


def _wrap(key: bytes, clear: bytes, place: str) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return _FORM + nonce + AESGCM(key).encrypt(nonce, clear, place.encode())


def _unwrap(key: bytes, sealed: bytes, place: str) -> bytes:
    form, nonce, rest = sealed[:1], sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    if form != _FORM:
        raise Unreadable("not sealed in a form that is known")
    try:
        return AESGCM(key).decrypt(nonce, rest, place.encode())
    except (InvalidTag, ValueError):
        raise Unreadable("sealed for another place, changed, or with another key") from None
