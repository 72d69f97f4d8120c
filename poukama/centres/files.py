"""A centre pack's files as text: what is kept of a pack, word for word, when it is loaded."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


def read_files(folder: Path) -> dict[str, str]:
    """Every file of a pack by its path in the folder. Raises UnicodeDecodeError for what is not text.

    Files that an editor or a file manager left behind, hidden by a dot, are none of it.
    """
    paths = [path.relative_to(folder) for path in sorted(folder.rglob("*.toml"))]
    return {
        path.as_posix(): (folder / path).read_text(encoding="utf-8")
        for path in paths
        if not any(part.startswith(".") for part in path.parts)
    }


@contextmanager
def laid_out(files: Mapping[str, str]) -> Iterator[Path]:
    """A folder with these files in it, for as long as they are read."""
    with TemporaryDirectory(prefix="pack-") as folder:
        for path, text in files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        yield Path(folder)
