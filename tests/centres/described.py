"""The least that a pack can say, for tests of what is loaded rather than of what is in it."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Bare:
    """What loading looks at in a pack."""

    code: str
    country: str
    zone: ZoneInfo


def bare_pack(code: str = "bay", country: str = "FI", zone: ZoneInfo | None = None) -> Any:
    """A centre with a code, a country and a zone, and nothing else."""
    return Bare(code, country, zone or ZoneInfo("Europe/Helsinki"))
