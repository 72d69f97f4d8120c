"""How long samples are kept: nothing ships, and what a centre sets ends at midnight after a date."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from poukama.centres.pack import PackErrors
from poukama.protocols.files import read_retention

CENTRES = Path(__file__).parents[2] / "centres"
HELSINKI = ZoneInfo("Europe/Helsinki")
GOOD = """
[sources.page]
title = "A page"
seen = 2026-11-24
[unreported]
months = 3
source = "page"
review_by = 2027-05-31
"""


def read(folder: Path, text: str = GOOD):
    (folder / "retention.toml").write_text(text)
    return read_retention(folder)


@pytest.mark.parametrize("pack", sorted(path.parent.name for path in CENTRES.glob("*/centre.toml")))
def test_no_rule_ships_with_any_pack(pack):
    assert read_retention(CENTRES / pack) is None


def test_a_rule_carries_its_source_and_its_date_of_review_and_no_approver(tmp_path):
    rule = read(tmp_path)
    assert (rule.code, rule.months, rule.days, rule.source) == ("unreported", 3, None, "A page")
    assert rule.review_by == dt.date(2027, 5, 31)
    assert not rule.approved


@pytest.mark.parametrize(
    ("said", "start", "ends"),
    [
        ("months = 3", dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC), dt.datetime(2027, 2, 28, 22, tzinfo=dt.UTC)),
        ("days = 10", dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC), dt.datetime(2026, 3, 30, 21, tzinfo=dt.UTC)),
        # Already the next day in Helsinki.
        ("days = 1", dt.datetime(2026, 1, 1, 23, tzinfo=dt.UTC), dt.datetime(2026, 1, 3, 22, tzinfo=dt.UTC)),
    ],
)
def test_it_ends_at_midnight_after_its_last_date_by_the_centres_clocks(tmp_path, said, start, ends):
    assert read(tmp_path, GOOD.replace("months = 3", said)).ends(start, HELSINKI) == ends


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("months = 3", "", "retention.toml: unreported.months: expected either months or days"),
        ("months = 3", "months = 3\ndays = 3", "retention.toml: unreported.months: expected either months or days"),
        ("[unreported]", "[kept]", "retention.toml: unreported: expected a table"),
        ('"page"', '"pgae"', "retention.toml: unreported.source: expected one of [sources]: page"),
    ],
)
def test_an_error_names_its_file_its_key_and_what_was_expected(tmp_path, old, new, line):
    with pytest.raises(PackErrors) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert any(str(error).startswith(line) for error in caught.value.errors), str(caught.value)
