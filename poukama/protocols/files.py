"""Reads what a centre's pack says of time and of keeping: its windows, `protocols.toml`; its rule, `retention.toml`.

No file says who approved it: that is an act of the centre's doctor, kept in the database.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from poukama.centres.pack import read_sources
from poukama.core.tables import PackError, PackErrors, Table
from poukama.protocols.retention import Retention
from poukama.protocols.rules import Window, WindowKind

FILE = "protocols.toml"
RETENTION = "retention.toml"


def read_windows(folder: Path) -> tuple[Window, ...]:
    """The windows of a pack, in the file's order; none without the file. Raises PackErrors with every error."""
    if not (folder / FILE).exists():
        return ()
    errors: list[PackError] = []
    top = Table.open(folder, FILE, errors)
    titles = titles_in(top)
    windows = tuple(_window(code, table, titles) for code, table in top.tables("windows").items())
    top.left_over()
    if errors:
        raise PackErrors(errors)
    return windows


def read_retention(folder: Path) -> Retention | None:
    """How long samples that nobody has reported are kept; None where the centre has not said. Raises PackErrors."""
    if not (folder / RETENTION).exists():
        return None
    errors: list[PackError] = []
    top = Table.open(folder, RETENTION, errors)
    titles, table = titles_in(top), top.table("unreported")
    months, days = _one_of(table, "months", "days")
    rule = Retention("unreported", months, days, named_source(table, titles), table.date("review_by"))
    top.left_over()
    if errors:
        raise PackErrors(errors)
    return rule


def titles_in(top: Table) -> Mapping[str, str]:
    """The titles of the sources that a file names."""
    return {code: source.title for code, source in read_sources(top).items()}


def named_source(table: Table, titles: Mapping[str, str]) -> str:
    """The title of the source that a table rests on."""
    source = table.text("source", "the source of these values")
    if source and source not in titles:
        table.wrong("source", f"one of [sources]: {', '.join(titles) or 'none yet'}")
    return titles.get(source, "")


def _window(code: str, table: Table, titles: Mapping[str, str]) -> Window:
    hours, days = _one_of(table, "hours", "days")
    return Window(
        code=code,
        kind=table.choice("kind", WindowKind),
        length=dt.timedelta(hours=hours or 0, days=days or 0),
        source=named_source(table, titles),
        review_by=table.date("review_by"),
    )


def _one_of(table: Table, first: str, second: str) -> tuple[int | None, int | None]:
    """The two ways in which a length is said, of which exactly one is."""
    said = [table.whole(key, f"a number of {key}", least=1) if table.has(key) else None for key in (first, second)]
    if (said[0] is None) == (said[1] is None):
        table.wrong(first, f"either {first} or {second}, one of the two")
    return said[0], said[1]
