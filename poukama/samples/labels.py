"""Labels for samples, 62 x 29 mm, a page each: the number as QR and Code 128, and as people read it. No name is on it.

They are made before a swab is taken, so that nothing lies there that could be anybody's.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import segno
from barcode import Code128

from poukama.core import documents
from poukama.samples.codes import spaced

_TEMPLATE = "samples/labels.typ"


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on a label: the sample's number, the case's code, which item it is in words, and how it is kept."""

    code: str
    case: str
    item: str
    storage: str


def pdf(labels: Iterable[Label], *, title: str, language: str) -> bytes:
    """The labels as a document, a page a label. Raises documents.NotMade."""
    told = {"labels": [_told(label) for label in labels]}
    return documents.pdf(_TEMPLATE, told, title=title, language=language)


def _told(label: Label) -> dict[str, Any]:
    """A label with its number as squares and as bars, each a row of zeros and ones."""
    squares = ["".join(map(str, row)) for row in segno.make_qr(label.code, error="q").matrix]
    (bars,) = Code128(label.code).build()
    return {**asdict(label), "spaced": spaced(label.code), "squares": squares, "bars": bars}
