"""Files that are there whole and for good, or not at all, whatever fails in the middle."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DRAFT = ".draft"


def keep(path: Path, content: bytes) -> None:
    """Put a file there whole and for good, unless one is there already."""
    new = [each for each in (path.parent, *path.parents) if not each.exists()]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with draft(path.parent, content) as half:
        try:
            os.link(half, path)
        except FileExistsError:
            return
    for each in (path.parent, *(each.parent for each in new)):
        settle(each)


def replace(path: Path, content: bytes) -> None:
    """Put a file in the place of the one that is there, whole and for good."""
    with draft(path.parent, content) as half:
        half.replace(path)
    settle(path.parent)


@contextmanager
def draft(where: Path, content: bytes) -> Iterator[Path]:
    """A file that is whole and on disk, to be put in its place; gone afterwards if it was not."""
    handle, name = tempfile.mkstemp(dir=where, suffix=DRAFT)
    half = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield half
    finally:
        half.unlink(missing_ok=True)


def settle(where: Path) -> None:
    """See to it that what came into or went from a folder survives a power cut."""
    handle = os.open(where, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
