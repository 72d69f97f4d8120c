"""Reads the time windows of a centre's protocols from its pack's `protocols.toml`."""

import datetime as dt
from pathlib import Path

from poukama.centres.pack import read_sources
from poukama.core.tables import PackError, PackErrors, Table
from poukama.protocols.rules import Window, WindowKind

FILE = "protocols.toml"


def read_windows(folder: Path) -> tuple[Window, ...]:
    """The windows of a pack, in the file's order; none without the file. Raises PackErrors with every error."""
    if not (folder / FILE).exists():
        return ()
    errors: list[PackError] = []
    top = Table.open(folder, FILE, errors)
    titles = {code: source.title for code, source in read_sources(top).items()}
    windows = tuple(_window(code, table, titles) for code, table in top.tables("windows").items())
    top.left_over()
    if errors:
        raise PackErrors(errors)
    return windows


def _window(code: str, table: Table, titles: dict[str, str]) -> Window:
    source = table.text("source", "the source of this window")
    if source and source not in titles:
        table.wrong("source", f"one of [sources]: {', '.join(titles) or 'none yet'}")
    window = Window(
        code=code,
        kind=table.choice("kind", WindowKind),
        length=_length(table),
        source=titles.get(source, ""),
        review_by=table.date("review_by"),
        approved_by=table.text("approved_by", "who approved it", optional=True),
        valid_from=table.date("valid_from") if table.has("valid_from") else None,
    )
    if window.approved and window.valid_from is None:
        table.wrong("valid_from", "the date from which the approved window holds")
    return window


def _length(table: Table) -> dt.timedelta:
    hours = table.whole("hours", "a number of hours", least=1) if table.has("hours") else None
    days = table.whole("days", "a number of days", least=1) if table.has("days") else None
    if (hours is None) == (days is None):
        table.wrong("hours", "either hours or days, one of the two")
    return dt.timedelta(hours=hours or 0, days=days or 0)
