"""Reading a pack's protocols: the shipped ones, and every error that a file can have."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from poukama.centres.pack import PackErrors
from poukama.protocols.files import read_windows
from poukama.protocols.rules import WindowKind

CENTRES = Path(__file__).parents[2] / "centres"
GOOD = """
[sources.page]
title = "A page"
seen = 2026-11-24

[windows.mouth]
kind = "sample"
hours = 48
source = "page"
review_by = 2027-05-31
"""


def read(tmp_path: Path, text: str):
    (tmp_path / "protocols.toml").write_text(text)
    return read_windows(tmp_path)


def test_a_pack_without_protocols_has_no_windows():
    assert read_windows(CENTRES / "laakso") == ()


def test_helsinkis_windows_are_about_samples_and_care():
    assert {window.kind for window in read_windows(CENTRES / "helsinki")} == set(WindowKind)


@pytest.mark.parametrize(
    ("code", "hours"),
    [
        ("any_sample", 168),
        ("mouth", 48),
        ("urine_toxicology", 120),
        ("blood_toxicology", 72),
        ("hiv_prophylaxis", 72),
        ("levonorgestrel", 72),
        ("ulipristal", 120),
    ],
)
def test_helsinkis_windows_have_definite_lengths_with_their_sources_title(code, hours):
    (window,) = [window for window in read_windows(CENTRES / "helsinki") if window.code == code]
    raw = tomllib.loads((CENTRES / "helsinki" / "protocols.toml").read_text())
    assert window.length == dt.timedelta(hours=hours)
    assert window.source == raw["sources"][raw["windows"][code]["source"]]["title"]
    assert len(window.source) > 10


@pytest.mark.parametrize("pack", ["helsinki", "satama"])
def test_no_file_approves_anything(pack):
    assert not any(window.approved for window in read_windows(CENTRES / pack))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("hours = 48", "hour = 48", "protocols.toml: windows.mouth.hour: expected one of the keys"),
        ("hours = 48", "hours = 48\ndays = 2", "protocols.toml: windows.mouth.hours: expected either hours or days"),
        ("hours = 48", "", "protocols.toml: windows.mouth.hours: expected either hours or days"),
        ("hours = 48", "hours = 0", "protocols.toml: windows.mouth.hours: expected a number of hours, from 1"),
        ("hours = 48", "days = true", "protocols.toml: windows.mouth.days: expected a number of days"),
        ('"sample"', '"swab"', "protocols.toml: windows.mouth.kind: expected one of sample, care"),
        ('"page"', '"pgae"', "protocols.toml: windows.mouth.source: expected one of [sources]: page"),
        ('source = "page"', "", "protocols.toml: windows.mouth.source: expected the source of these values"),
        ("2027-05-31", "2027", "protocols.toml: windows.mouth.review_by: expected a date"),
        ("[windows.mouth]", "[windows.mouth", "protocols.toml, line 6: expected TOML"),
        (
            "hours = 48",
            'hours = 48\napproved_by = "A"',
            "protocols.toml: windows.mouth.approved_by: expected one",
        ),
    ],
)
def test_an_error_names_its_file_its_key_and_what_was_expected(tmp_path, old, new, line):
    with pytest.raises(PackErrors) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert any(str(error).startswith(line) for error in caught.value.errors), str(caught.value)
