"""The files that keys are kept in, each wrapped by the key above it, and the change to a new version of a centre's key.

A file of wrapped keys holds one or more entries: the number of a version, and the sealed key. A centre's own file holds
the versions of its key, the newest first, each wrapped by the root key: one as a rule, more while keys are re-wrapped.
Every other file of a centre holds one key, and the number names the version that wraps it; so a process that reads
meanwhile finds its way. Files are put in place whole, or not at all.
"""

import base64
import binascii
import fcntl
import os
import shlex
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from poukama.core.files import DRAFT, draft, keep, replace, settle

KEY_BYTES = 32
_NONCE_BYTES = 12
_NUMBER_BYTES = 4
# Form, nonce, key and tag.
_WRAPPED_BYTES = 1 + _NONCE_BYTES + KEY_BYTES + 16
# Raised when the way of sealing changes, so that what was sealed before can still be told apart.
_FORM = b"\x01"
# A key service that does not answer within this many seconds is down.
_PATIENCE = 10
Roots = tuple[bytes, ...]


class Unreadable(Exception):
    """Sealed bytes that do not open: sealed for another place, changed, or their key is destroyed."""


class NoRootKey(Exception):
    """The root key is not there, or is not a key: nothing can be sealed or read."""


class UnderWay(Exception):
    """Somebody else is changing this centre's key now."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a centre's key."""

    number: int
    key: bytes


@dataclass(frozen=True, slots=True)
class Rotation:
    """A change of a centre's key: from which version to which, how many keys were re-wrapped, how many do not open."""

    before: int
    after: int
    wrapped: int
    unreadable: int


# ── The root key ─────────────────────────────────────────────────────────────────────────────────────────────


def root_keys() -> Roots:
    """The root key; while it is being replaced, the new one and after it the old one."""
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


@lru_cache(maxsize=4)
def _decoded(text: str) -> Roots:
    try:
        keys = tuple(base64.b64decode(word, validate=True) for word in text.split())
    except binascii.Error:
        keys = ()
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise NoRootKey(f"the root key is not {KEY_BYTES} bytes in base64")
    return keys


def new_key() -> bytes:
    """A key that nobody has had before."""
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


# ── A centre's key, and what it wraps ────────────────────────────────────────────────────────────────────────


def versions(centre: int) -> tuple[Version, ...]:
    """The versions of a centre's key, the newest first; the first one is made when it is first asked for."""
    path = folder(centre) / "centre.key"
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        keep(path, _entries(centre, (Version(1, new_key()),), root_keys()[0]))
        content = path.read_bytes()
    return _versions(centre, content, root_keys())


@lru_cache(maxsize=256)
def _versions(centre: int, content: bytes, roots: Roots) -> tuple[Version, ...]:
    # Kept by what the file holds, so that another process's new version is seen at once.
    return tuple(
        Version(number, _unwrapped_by_any(roots, wrapped, _place(centre, number)))
        for number, wrapped in _split(content)
    )


def make(centre: int, path: Path, place: str) -> None:
    """Keep a new key in a file, on disk before this returns, unless there is one."""
    if not path.exists():
        # Whoever brings in a new version waits for this, so that no key is wrapped by a version that is to go.
        with _holding(centre):
            keep(path, _entry(versions(centre)[0], new_key(), place))


def opened(centre: int, path: Path, place: str) -> bytes:
    """The key in a file of a centre. Raises Unreadable; FileNotFoundError if there is no file."""
    seen = b""
    while True:
        content = path.read_bytes()
        ((number, wrapped),) = _split(content)
        for version in versions(centre):
            if version.number == number:
                return unwrap(version.key, wrapped, place)
        if content == seen:
            raise Unreadable("wrapped by a version of the centre's key that is gone")
        # It was re-wrapped, and the old version went, between the two looks.
        seen = content


def destroy(centre: int, path: Path) -> None:
    """Take a key away, and bring in a new version of the centre's key: `rotate` then ends those that could open it."""
    with _holding(centre):
        if path.exists():
            _begin_version(centre)
            path.unlink()
            settle(path.parent)


# ── Rotation ─────────────────────────────────────────────────────────────────────────────────────────────────


def rotate(centre: int) -> Rotation:
    """Re-wrap every key of a centre under a new version of its key, and end the versions before. Others read and write.

    One that was cut short, or that a destroyed key waits for, goes on from there. Raises UnderWay.
    """
    with _alone(centre):
        with _holding(centre):
            before = versions(centre)
            if len(before) == 1:
                _begin_version(centre)
            for left in folder(centre).glob(f"**/*{DRAFT}"):
                left.unlink()
        newest = versions(centre)[0]
        found = Counter(_rewrap(centre, path, place, newest) for path, place in _settled(centre))
        with _holding(centre):
            # A key that was destroyed meanwhile has brought in a newer one, which is for the next rotation.
            _put_versions(centre, tuple(each for each in versions(centre) if each.number >= newest.number))
    return Rotation(before[-1].number, newest.number, found[True], found[None])


def renew_root() -> list[int]:
    """Wrap every centre's key by the first of the root keys; the centres."""
    for centre in (found := centres()):
        with _holding(centre):
            _put_versions(centre, versions(centre))
    return found


def count_keys(centre: int) -> dict[int, int]:
    """How many keys each version of a centre's key wraps; a version that has gone may be among them."""
    numbers = {version.number: 0 for version in versions(centre)}
    return {**numbers, **Counter(_split(path.read_bytes())[0][0] for path, _ in _files(centre))}


def _rewrap(centre: int, path: Path, place: str, newest: Version) -> bool | None:
    """Whether a key was re-wrapped: not if it was before, or is gone; None for one that does not open."""
    try:
        content = path.read_bytes()
        if _split(content)[0][0] == newest.number:
            return False
        key = opened(centre, path, place)
    except FileNotFoundError:
        return False
    except Unreadable:
        return None
    with draft(path.parent, _entry(newest, key, place)) as half, _holding(centre):
        # One that was destroyed meanwhile must not come back.
        if not path.exists():
            return False
        half.replace(path)
    return True


def _begin_version(centre: int) -> None:
    held = versions(centre)
    _put_versions(centre, (Version(held[0].number + 1, new_key()), *held))


def _put_versions(centre: int, held: tuple[Version, ...]) -> None:
    replace(folder(centre) / "centre.key", _entries(centre, held, root_keys()[0]))


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────────


def centres() -> list[int]:
    """Every centre that has a key."""
    return sorted(int(path.parent.name) for path in Path(settings.KEYS).glob("*/centre.key"))


def folder(centre: int) -> Path:
    """Where a centre's keys are."""
    return Path(settings.KEYS) / str(centre)


def record_file(centre: int, record: UUID) -> tuple[Path, str]:
    """Where a record's key is, and what it is bound to."""
    # Two characters a folder, so that no folder grows too long to list.
    return folder(centre) / record.hex[:2] / f"{record.hex}.key", f"key:{centre}:{record}"


def blind_file(centre: int) -> tuple[Path, str]:
    """Where the key of a centre's blind index is, and what it is bound to."""
    return folder(centre) / "blind.key", f"blind:{centre}"


def _files(centre: int) -> Iterator[tuple[Path, str]]:
    """Every key of a centre but its own, folder by folder."""
    path, place = blind_file(centre)
    if path.exists():
        yield path, place
    for shelf in sorted(folder(centre).glob("??")):
        yield from (record_file(centre, UUID(path.stem)) for path in sorted(shelf.glob("*.key")))


def _settled(centre: int) -> Iterator[tuple[Path, str]]:
    """The same; what was done in a folder is on disk before the next."""
    last = folder(centre)
    for path, place in _files(centre):
        if path.parent != last:
            settle(last)
        last = path.parent
        yield path, place
    settle(last)


@contextmanager
def _holding(centre: int) -> Iterator[None]:
    """Nobody else brings a key of this centre, or a version of its own, nor takes one away."""
    with _lock(centre, "lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _lock(centre: int, name: str) -> Iterator[int]:
    folder(centre).mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder(centre) / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield lock
    finally:
        os.close(lock)


@contextmanager
def _alone(centre: int) -> Iterator[None]:
    with _lock(centre, "rotating") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UnderWay from None
        yield


# ── Bytes ────────────────────────────────────────────────────────────────────────────────────────────────────


def wrap(key: bytes, clear: bytes, place: str) -> bytes:
    """Bytes sealed with a key, bound to a place."""
    nonce = os.urandom(_NONCE_BYTES)
    return _FORM + nonce + AESGCM(key).encrypt(nonce, clear, place.encode())


def unwrap(key: bytes, sealed: bytes, place: str) -> bytes:
    """The bytes that were sealed for this place. Raises Unreadable."""
    form, nonce, rest = sealed[:1], sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    if form != _FORM:
        raise Unreadable("not sealed in a form that is known")
    try:
        return AESGCM(key).decrypt(nonce, rest, place.encode())
    except (InvalidTag, ValueError):
        raise Unreadable("sealed for another place, changed, or with another key") from None


def unwrapped_by_root(wrapped: bytes, place: str) -> bytes:
    """A key that a root key wraps, the old one or the new. Raises Unreadable."""
    return _unwrapped_by_any(root_keys(), wrapped, place)


def _unwrapped_by_any(roots: Roots, wrapped: bytes, place: str) -> bytes:
    *others, last = roots
    for root in others:
        try:
            return unwrap(root, wrapped, place)
        except Unreadable:
            continue
    return unwrap(last, wrapped, place)


def _entry(version: Version, key: bytes, place: str) -> bytes:
    return version.number.to_bytes(_NUMBER_BYTES, "big") + wrap(version.key, key, place)


def _entries(centre: int, held: tuple[Version, ...], root: bytes) -> bytes:
    return b"".join(_entry(Version(each.number, root), each.key, _place(centre, each.number)) for each in held)


def _split(content: bytes) -> list[tuple[int, bytes]]:
    """The entries of a file. One from before there were versions is of the first; a spoilt one is of none."""
    if len(content) == _WRAPPED_BYTES:
        return [(1, content)]
    size = _NUMBER_BYTES + _WRAPPED_BYTES
    if not content or len(content) % size:
        return [(0, content)]
    cut = [content[start : start + size] for start in range(0, len(content), size)]
    return [(int.from_bytes(each[:_NUMBER_BYTES], "big"), each[_NUMBER_BYTES:]) for each in cut]


def _place(centre: int, number: int) -> str:
    return f"key:{centre}" if number == 1 else f"key:{centre}:version:{number}"
