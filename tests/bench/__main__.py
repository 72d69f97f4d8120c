"""`make bench`: one run, one table. A ratio says more than a figure, for machines differ and are busy."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
from django.core.management import call_command

from poukama.core import catalogues
from tests.bench import guide, routes
from tests.bench.servers import Load

SOURCE = Path(__file__).resolve().parents[2]

Row = tuple[str, str, str, str]
HEADINGS: Row = ("Figure", "Ours", "Beside it", "Wanted")


def rows() -> Iterator[Row]:
    """Every figure, with what stands beside it and what is wanted."""
    weight, ours, plain, ratio = guide.compare()
    yield f"guide {guide.PAGE}, compressed", f"{weight.kilobytes:.1f} kB", "", "<= 30 kB"
    yield "guide, requests a page", str(weight.requests), "", "<= 5"
    yield "guide, processor time a page", _micros(ours), f"{_micros(plain)} plain page", ""
    yield "guide, pages a second as seen", _pace(ours), f"{_pace(plain)} plain page", ""
    yield "guide, throughput to a plain page's", f"{ratio:.2f}", "1.00", ">= 0.70"
    yield from route_rows()
    yield from desk_rows()
    # After the desk, which has filled the database with contacts.
    yield from case_rows()


def desk_rows() -> Iterator[Row]:
    """The desk's figures."""
    from tests.bench import desk  # noqa: PLC0415 - it has models, which need the settings

    found = desk.figures()
    web, whole = found.save / found.plain_save, found.whole / found.plain_whole
    yield "desk, web server's time a save", _micro(found.save), f"{_micro(found.plain_save)} plain stack", ""
    yield "desk, a save to the plain stack's", f"{web:.2f}", "1.00", "<= 3"
    yield "desk, the same with the database's", f"{whole:.2f}", "1.00", "<= 3"
    yield f"desk, the list at {desk.MANY:,}", _micro(found.many), f"{_micro(found.few)} at {desk.FEW:,}", ""
    yield "desk, the list at many to few", f"{found.many / found.few:.2f}", "1.00", "<= 1.2"


def case_rows() -> Iterator[Row]:
    """The figures of cases: each thing that is asked, beside the plain stack and beside the same with few."""
    from tests.bench import cases  # noqa: PLC0415 - it has models, which need the settings

    found = cases.figures()
    for what, figure in found.asked.items():
        named = f"cases, {cases.NAMES[what]}"
        ours, plain = f"{figure.ours / figure.plain:.2f} ({_milli(figure.ours)})", f"1.00 ({_milli(figure.plain)})"
        yield f"{named}, to the plain stack's", ours, plain, "<= 2.5"
        many, few = f"{figure.many / figure.few:.2f} ({_milli(figure.many)})", f"1.00 ({_milli(figure.few)})"
        most = "<= 1.5" if what in cases.SEARCHES else "<= 1.2"
        yield f"{named}, p95 at {cases.MANY:,} to {cases.FEW:,}", many, few, most
    for page, most in (("list", "<= 12"), ("case", "<= 20")):
        yield f"cases, {cases.NAMES[page]}, queries", str(found.queries[page]), "", most
        yield f"cases, {cases.NAMES[page]}, with all it fetches", f"{found.kilobytes[page]:.1f} kB", "", "<= 60 kB"
    yield "cases, seconds to fill", f"{found.filled:.0f}", "", "<= 90"


def route_rows() -> Iterator[Row]:
    """The engine's figures."""
    figures = routes.route_figures(SOURCE / "centres" / "helsinki")
    yield (
        "route(), answers a second on a core",
        f"{figures.routes:,.0f}",
        f"{figures.reference:,.0f} reference loop",
        ">= 20,000",
    )


def _micros(load: Load) -> str:
    return _micro(load.processor_seconds / load.requests)


def _micro(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} µs"


def _milli(seconds: float) -> str:
    return f"{seconds * 1e3:.1f} ms"


def _pace(load: Load) -> str:
    return f"{load.requests / load.seconds:,.0f}/s"


def main() -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as static:
        os.environ |= {"POUKAMA_STATIC": static, "DJANGO_SETTINGS_MODULE": "poukama.config.settings"}
        catalogues.compile_all()
        django.setup()
        call_command("collectstatic", verbosity=0, interactive=False)
        table = [HEADINGS, *rows()]
    widths = [max(len(row[column]) for row in table) for column in range(len(HEADINGS))]
    for row in table:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write(f"{line.rstrip()}\n")


if __name__ == "__main__":
    main()
