"""Message catalogues without gettext: each room keeps its own `.po` files, and Babel reads, writes and compiles them.

English is the message itself. `python -m poukama.core.catalogues` compiles; `extract ROOM` and `missing` follow it.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as extract_messages
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
LANGUAGES = ("fi", "sv")
# Where a call keeps its context, its singular and its plural.
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Headers that name nothing, or would change with every run without anything having changed.
_IDLE = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
)
_Key = tuple[object, str | None]


def rooms(package: Path = PACKAGE) -> tuple[str, ...]:
    """The rooms that keep catalogues, by name."""
    return tuple(sorted(folder.parent.name for folder in package.glob("*/locale")))


def compile_all(package: Path = PACKAGE) -> tuple[Path, ...]:
    """Write a `.mo` beside every room's `.po`, where there is none of it yet, and give back their paths."""
    return tuple(_compiled(source) for source in sorted(package.glob("*/locale/*/LC_MESSAGES/django.po")))


def extract(room: str, package: Path = PACKAGE) -> None:
    """Bring a room's `.po` files up to date with its code and templates; translations that are still asked for stay."""
    found = _found(package / room)
    for language in LANGUAGES:
        path = _path(package / room, language)
        catalogue = _read(path, language)
        catalogue.update(found, no_fuzzy_matching=True)
        _write(path, catalogue)


def missing(package: Path = PACKAGE) -> tuple[str, ...]:
    """Every message that a room shows and a language lacks, or gets wrong in its placeholders; one line each."""
    return tuple(line for room in rooms(package) for line in _missing_in(package / room))


def _missing_in(folder: Path) -> Iterator[str]:
    found = _found(folder)
    for language in LANGUAGES:
        catalogue = _read(_path(folder, language), language)
        have = {_key(message): message for message in catalogue if message.id}
        for message in found:
            if message.id and not _complete(have.get(_key(message)), catalogue):
                yield f"{folder.name}/{language}: {message.id}"


def _complete(message: Message | None, catalogue: Catalog) -> bool:
    if message is None or message.fuzzy:
        return False
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(texts) and not message.check(catalogue)


def _found(folder: Path) -> Catalog:
    """What the room's Python and templates show, in order of file and line."""
    catalogue = Catalog(charset="utf-8")
    for path in sorted((*folder.rglob("*.py"), *folder.rglob("templates/**/*.*"))):
        text = path.read_bytes() if path.suffix == ".py" else _as_python(path)
        for _line, message, comments, context in extract_messages(
            "python", BytesIO(text), keywords=_KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            where = [(path.relative_to(folder.parent).as_posix(), 0)]
            catalogue.add(message, locations=where, auto_comments=comments, context=context)
    return catalogue


def _as_python(path: Path) -> bytes:
    # Late, so that compiling needs no Django.
    from django.utils.translation.template import templatize  # noqa: PLC0415

    python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # Indentation of a template says nothing, and Python's tokenizer would ask it to fit.
    return "\n".join(line.lstrip() for line in python.splitlines()).encode()


def _key(message: Message) -> _Key:
    return message.id, message.context


def _path(folder: Path, language: str) -> Path:
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _write(path: Path, catalogue: Catalog) -> None:
    catalogue.header_comment = "# Poukama"
    catalogue.fuzzy = False
    written = BytesIO()
    write_po(written, catalogue, width=100, ignore_obsolete=True, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = (line for line in lines if not line.startswith(tuple(f'"{word}' for word in _IDLE)))
    path.write_text("".join(kept), encoding="utf-8")


def _compiled(source: Path) -> Path:
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return target
    part = target.with_suffix(".mo.part")
    with source.open("rb") as file, part.open("wb") as out:
        write_mo(out, read_po(file))
    # In one step, so that a reader never sees half a file.
    part.replace(target)
    return target


def main(words: list[str]) -> int:
    """`compile` (also without a word), `extract ROOM ...`, or `missing`, which fails if anything is."""
    match words or ["compile"]:
        case ["compile"]:
            compile_all()
            lines: tuple[str, ...] = ()
        case ["extract", *names]:
            for room in names or rooms():
                extract(room)
            lines = ()
        case ["missing"]:
            lines = missing()
        case _:
            lines = ("usage: compile | extract ROOM ... | missing",)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
