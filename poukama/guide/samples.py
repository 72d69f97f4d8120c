"""What the page of the examination says of time and of keeping: only what a doctor of the centre answers for."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from poukama.protocols.approvals import Decided, in_force
from poukama.protocols.drawn import name_of
from poukama.protocols.rules import WindowKind
from poukama.protocols.words import length_words, retention_words


def context(decided: Decided, at: dt.datetime, zone: ZoneInfo) -> dict[str, Any]:
    """The windows of samples that are in force, and how long samples are kept; nothing where nobody answers for it.

    Then the page says: ask us. It never shows a number that is an example.
    """
    rule = decided.retention
    held = rule if rule and in_force(rule, at, zone) else None
    return {
        "windows": [
            {"name": name_of(window), "length": length_words(window.length), "source": window.source}
            for window in decided.windows
            if window.kind is WindowKind.SAMPLE and in_force(window, at, zone)
        ],
        "keeping": {"length": retention_words(held), "source": held.source} if held else None,
    }
