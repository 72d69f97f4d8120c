"""Documents as tagged PDF (PDF/UA-1), made by typst from a template of a room and what is told in it.

What is told goes in as data and never as markup, so that no sign in it means anything. A template imports
`/core/templates/core/sheet.typ`, which holds what every document has: language, title, font and page numbers.
"""

import importlib
import json
import re
import tempfile
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse

from poukama.core.texts import clean

_PACKAGE = Path(__file__).resolve().parents[1]
_STANDARDS: list[Any] = ["1.7", "ua-1"]
# Of the package `pymupdf_fonts`: the modules that hold the files of our fonts.
# All but the first three stand in where FiraGO has no letter or sign.
_FONTS = (
    "FiraGO_Regular",
    "FiraGO_Bold",
    "FiraGO_Italic",
    "NotoSans_Regular",
    "NotoSans_Bold",
    "NotoSansSymbols2_Regular",
    "FiraMono_Regular",
)
# What stands for a letter that no font of ours has, or that no such document may hold.
UNSHOWN = "\u25a1"
# Signs that stand for no letter, and that no such document may hold.
_NO_LETTER = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufeff\ufffd\ufffe]")
_NEUTRAL = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WHERE = re.compile(r":(\d+):\d+\n")
# From here on the words of typst may be somebody's: what it quotes, and what a template gives up with.
_QUOTED = re.compile(r"[`\"'(]|(?<=panicked with):")


class NotMade(RuntimeError):
    """A document that its template could not make. What was told is not in the message."""


def pdf(template: str, told: Mapping[str, Any], *, title: str, language: str) -> bytes:
    """A document by its template, as `cases/looked.typ`. `told` is what JSON holds; a picture in it is the text of an
    SVG. Raises NotMade.

    The same data makes the same bytes: no date and no identifier of the moment stands in them.
    """
    known = json.dumps(_plain({**told, "title": title, "language": language}), ensure_ascii=False)
    try:
        return _compiled(template, known)
    except NotMade:
        # Which letters can be shown is asked only now: almost every document can do without.
        shown = "".join(letter if _can_be_shown(letter) else UNSHOWN for letter in known)
        if shown == known:
            raise
    return _compiled(template, shown)


def response(made: bytes, name: str) -> HttpResponse:
    """A document for the browser, under a file name that says nothing of anybody; kept nowhere on the way."""
    if not _NEUTRAL.fullmatch(name):
        raise ValueError("The name of a file is of small letters, figures and hyphens.")
    disposition = f'inline; filename="{name}.pdf"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _plain(value: Any) -> Any:
    """The value as JSON has it; of its texts, what a document can hold."""
    match value:
        case None | bool() | int() | float():
            return value
        case Mapping():
            return {str(name): _plain(each) for name, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
    return _NO_LETTER.sub(UNSHOWN, clean(str(value)))


def _compiled(template: str, known: str) -> bytes:
    """What typst makes of a template. Raises NotMade: where and why not, in words that quote nothing that was told."""
    room = template.partition("/")[0]
    source = _PACKAGE / room / "templates" / template
    compiler = typst.Compiler(str(source), root=str(_PACKAGE), font_paths=_fonts(), sys_inputs={"told": known})
    try:
        made = compiler.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=0)
    except typst.TypstError as wrong:
        where = _WHERE.search(wrong.diagnostic)
        why = _QUOTED.split(wrong.message)[0].strip()
    else:
        return bytes(made)  # type: ignore[arg-type]
    # Out here the error of typst is no longer at hand, so that no log writes its words below ours.
    raise NotMade(f"{template}{f':{where[1]}' if where else ''}: {why}")


@lru_cache(maxsize=4096)
def _can_be_shown(letter: str) -> bool:
    """Whether a document may hold a letter and a font has it: typst itself is asked, so that there is one answer."""
    try:
        return letter.isascii() or bool(_compiled("core/letter.typ", json.dumps({"letter": letter})))
    except NotMade:
        return False


@cache
def _fonts() -> typst.Fonts:
    """Our fonts. typst takes them as files only, and reads them when it needs them: they lie there until we end."""
    for name in _FONTS:
        held = importlib.import_module(f"pymupdf_fonts.{name}").fontbuffer
        (Path(_laid_out().name) / f"{name}.ttf").write_bytes(held)
    folders: list[Any] = [_laid_out().name]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def _laid_out() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="poukama-fonts-")
