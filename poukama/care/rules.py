"""Which notes are written here, and what of each is shown."""

from collections.abc import Iterable
from enum import StrEnum

from poukama.cases.walls import Section

# The sections in which somebody who helps writes notes, in the order of the page.
SECTIONS = (Section.HEALTH, Section.PSYCHOLOGICAL, Section.SOCIAL, Section.PASTORAL)


class Shown(StrEnum):
    """How much of a note is shown: a draft of one's own, its words, or no more than that it is there."""

    DRAFT = "draft"
    WORDS = "words"
    THERE = "there"


def shown(*, words: str | None, signed: bool) -> Shown:
    """How much of a note is shown to whoever was given these words of it; None is a wall.

    >>> shown(words="", signed=True), shown(words=None, signed=True)
    (<Shown.WORDS: 'words'>, <Shown.THERE: 'there'>)
    """
    if words is None:
        return Shown.THERE
    return Shown.WORDS if signed else Shown.DRAFT


def own(writable: Iterable[Section]) -> Section | None:
    """The section in which somebody most likely writes now: the one that fewest others write; None if they write none.

    >>> own([Section.HEALTH, Section.PSYCHOLOGICAL, Section.IDENTITY])
    <Section.PSYCHOLOGICAL: 'psychological'>
    """
    mine = set(writable)
    return next((section for section in reversed(SECTIONS) if section in mine), None)
