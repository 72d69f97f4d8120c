"""Centres that are named but not installed here: by region, with the date each was last seen, and a number if known."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from poukama.centres.pack import PackErrors, read_origin, read_sources
from poukama.core.tables import PackError, Table

LANGUAGES = ("fi", "sv", "en")
# A date older than this stands out, so that whoever reads it knows to ask.
STALE_AFTER = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Named:
    """A centre by name and region, in each language; no number where none was read anywhere."""

    code: str
    names: dict[str, str]
    regions: dict[str, str]
    phone: str
    checked: dt.date


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A named centre as a page shows it; `stale` is true when it was last checked long ago."""

    code: str
    name: str
    phone: str
    checked: dt.date
    stale: bool


@lru_cache(maxsize=8)
def read_named(file: Path) -> tuple[Named, ...]:
    """The centres that a file names; none without the file. Raises PackErrors, with every error."""
    if not file.is_file():
        return ()
    errors: list[PackError] = []
    top = Table.open(file.parent, file.name, errors)
    sources = read_sources(top)
    named = []
    for code, table in top.tables("centres").items():
        read_origin(table, sources)
        table.text("opened", "a month, as 2019-05", optional=True)
        named.append(
            Named(
                code=code,
                names=_in_each_language(table.table("name")),
                regions=_in_each_language(table.table("region")),
                phone=table.text("phone", "a telephone number, as +358 40 000 0000", optional=True),
                checked=table.date("checked"),
            )
        )
    top.left_over()
    if errors:
        raise PackErrors(errors)
    return tuple(named)


def by_region(named: tuple[Named, ...], language: str, today: dt.date) -> list[tuple[str, list[Elsewhere]]]:
    """Regions in the order of the language's alphabet, each with its centres."""
    ordered = sorted(named, key=lambda each: (each.regions[language].casefold(), each.names[language].casefold()))
    return [
        (region, [_shown(each, language, today) for each in group])
        for region, group in groupby(ordered, key=lambda each: each.regions[language])
    ]


def _shown(named: Named, language: str, today: dt.date) -> Elsewhere:
    stale = today - named.checked > STALE_AFTER
    return Elsewhere(named.code, named.names[language], named.phone, named.checked, stale)


def _in_each_language(table: Table) -> dict[str, str]:
    return {language: table.text(language) for language in LANGUAGES}
