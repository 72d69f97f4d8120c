"""The least that a pack can say, for tests of what is loaded rather than of what is in it."""

import datetime as dt
from zoneinfo import ZoneInfo

from poukama.centres.rules import CallFirst, Night, NightRule, Origin, Pack, SignList

ORIGIN = Origin("invented for tests", dt.date(2027, 1, 1), example=True)
HELSINKI = ZoneInfo("Europe/Helsinki")


def bare_pack(code: str = "bay", country: str = "FI", zone: ZoneInfo = HELSINKI) -> Pack:
    """A centre with a code, a country and a zone, and nothing else."""
    return Pack(
        code=code,
        country=country,
        zone=zone,
        emergency_phone="112",
        languages=("fi",),
        invented=True,
        origin=ORIGIN,
        hours_origin=ORIGIN,
        sources={},
        lines=(),
        places=(),
        ages=None,
        window=None,
        area=None,
        night=Night(NightRule.NONE, frozenset(), None, ORIGIN, None, ORIGIN),
        emergency_signs=SignList(frozenset(), ORIGIN),
        medical_signs=SignList(frozenset(), ORIGIN),
        call_first=CallFirst(frozenset(), ORIGIN),
        duty=None,
        posts=(),
        said=(),
        founding={},
        words={},
    )
