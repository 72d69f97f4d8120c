"""Documents as tagged PDF (PDF/UA-1), made by typst from a template of a room and what is told in it.

What is told goes in as data and never as markup, so that no sign in it means anything. A template imports
`/core/templates/core/sheet.typ`, which holds what every document has: language, title, font and page numbers.
"""

import importlib
import json
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse

_PACKAGE = Path(__file__).resolve().parents[1]
_STANDARDS: list[Any] = ["1.7", "ua-1"]
# Of the package `pymupdf_fonts`: the modules that hold the files of our fonts.
_FONTS = ("FiraGO_Regular", "FiraGO_Bold", "FiraGO_Italic")


class NotMade(RuntimeError):
    """A document that its template could not make. What was told is not in the message."""


def pdf(template: str, told: Mapping[str, Any], *, title: str, language: str) -> bytes:
    """A document by its template, as `cases/looked.typ`. `told` is what JSON holds. Raises NotMade.

    The same data makes the same bytes: no date and no identifier of the moment stands in them.
    """
    room = template.partition("/")[0]
    source = _PACKAGE / room / "templates" / template
    known = json.dumps({**told, "title": title, "language": language}, default=str)
    compiler = typst.Compiler(str(source), root=str(_PACKAGE), font_paths=_fonts(), sys_inputs={"told": known})
    try:
        made = compiler.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=0)
    except typst.TypstError as wrong:
        # Its words may quote what was told.
        raise NotMade(template) from wrong
    return bytes(made)  # type: ignore[arg-type]


def response(made: bytes, name: str) -> HttpResponse:
    """A document for the browser, under a file name that says nothing of anybody; kept nowhere on the way."""
    disposition = f'inline; filename="{name}.pdf"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


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
