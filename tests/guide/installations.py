"""The three packs as front centres, and moments at which they are open and closed."""

from functools import cache
from pathlib import Path

from poukama.guide.installed import Installed, installed_at
from tests.factories import at

CENTRES = Path(__file__).resolve().parents[2] / "centres"
PACKS = ("helsinki", "satama", "laakso")
OPEN, NIGHT = at("2026-11-24T12:00"), at("2026-11-24T03:00")
MOMENTS = (OPEN, NIGHT, at("2026-11-28T15:00"), at("2026-12-06T11:00"), at("2027-03-28T03:30"), at("2028-02-29T17:59"))


@cache
def installed(pack: str, *, practice: bool = False) -> Installed:
    """The installation whose front centre this is."""
    return installed_at(CENTRES / pack, CENTRES, practice)
