"""Numbers on labels and seals: six digits and two that check them, by ISO 7064 (MOD 97-10).

A sample's has N before it, one of the reserve series R; a seal's is digits alone, so that a scan tells which is which.
"""

import re
from enum import StrEnum


class Series(StrEnum):
    """Which series a number belongs to, by the letter before it: printed labels, reserve, seals."""

    SAMPLE = "N"
    RESERVE = "R"
    SEAL = ""


# What a series can count up to.
MOST = 999_999
_CODE = re.compile(r"([NR]?)([0-9]{6})([0-9]{2})")


def code(series: Series, number: int) -> str:
    """The number of a series as it stands on a label.

    >>> code(Series.SAMPLE, 3121), code(Series.SEAL, 3122)
    ('N00312147', '00312244')
    """
    if not 0 < number <= MOST:
        raise ValueError("this series is used up")
    return f"{series}{number:06d}{98 - number * 100 % 97:02d}"


def plain(text: str) -> str:
    """What was scanned or typed, without what people and scanners put between.

    >>> plain(" n 003121 47\\r")
    'N00312147'
    """
    return re.sub(r"[\s-]", "", text).upper()


def read(text: str) -> tuple[Series, str] | None:
    """The series and the whole number of what was scanned or typed; None for a slip of the pen.

    >>> read("003121 47"), read("003112 47")
    ((<Series.SEAL: ''>, '00312147'), None)
    """
    found = _CODE.fullmatch(plain(text))
    number = int(found[2]) if found else 0
    if found is None or number == 0 or found[0] != code(Series(found[1]), number):
        return None
    return Series(found[1]), found[0]


def spaced(whole: str) -> str:
    """A number as people read it aloud.

    >>> spaced("N00312147"), spaced("00312147")
    ('N 003121 47', '003121 47')
    """
    letter, digits = (whole[:1], whole[1:]) if whole[:1].isalpha() else ("", whole)
    return f"{letter} {digits[:-2]} {digits[-2:]}".strip()
