"""The Finnish personal identity code: read as it stands, its century sign never changed, nothing guessed from it.

Two people may differ in the century sign alone. The code holds a date of birth; it is never asked for a gender.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_SHAPE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})([-+A-FU-Y])([0-9]{3})([0-9A-Y])", re.IGNORECASE | re.ASCII)
# The thirteen signs that stand for a century.
CENTURIES: Mapping[str, int] = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
# Individual numbers below this are never given; from `_TEMPORARY` on they belong to tests and temporary codes.
_FIRST, _TEMPORARY = 2, 900


class Fault(StrEnum):
    """Why a text is no identity code here."""

    SHAPE = "shape"
    DATE = "date"
    NUMBER = "number"
    CHECK = "check"
    NOT_BORN = "not_born"
    TEMPORARY = "temporary"
    REAL = "real"


class NotAnIdentityCode(ValueError):
    """A text that is no identity code here. It says why, and holds nothing of the text."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Hetu:
    """An identity code whose shape, date and check character hold, and the date of birth in it."""

    text: str
    born: dt.date


def read(text: str, *, practice: bool, today: dt.date) -> Hetu:
    """The code in a text; small letters are read as capitals. Raises NotAnIdentityCode.

    A practice version takes only codes that can be no person's, and the real service only the others.

    >>> read(" 131052-308t ", practice=False, today=dt.date(2026, 11, 24)).text
    '131052-308T'
    """
    found = _SHAPE.fullmatch(text.strip())
    if found is None:
        raise NotAnIdentityCode(Fault.SHAPE)
    day, month, year, sign, individual, check = (part.upper() for part in found.groups())
    try:
        born = dt.date(CENTURIES[sign] + int(year), int(month), int(day))
    except ValueError:
        raise NotAnIdentityCode(Fault.DATE) from None
    if check != check_of(day + month + year + individual):
        raise NotAnIdentityCode(Fault.CHECK)
    if fault := _fault(born, int(individual), practice=practice, today=today):
        raise NotAnIdentityCode(fault)
    return Hetu("".join((day, month, year, sign, individual, check)), born)


def check_of(digits: str) -> str:
    """The check character of nine digits: the date and the individual number, without the century sign."""
    return _CHECKS[int(digits) % len(_CHECKS)]


def _fault(born: dt.date, individual: int, *, practice: bool, today: dt.date) -> Fault | None:
    if individual < _FIRST:
        return Fault.NUMBER
    if born > today:
        return Fault.NOT_BORN
    if practice and individual < _TEMPORARY:
        return Fault.REAL
    return Fault.TEMPORARY if individual >= _TEMPORARY and not practice else None
