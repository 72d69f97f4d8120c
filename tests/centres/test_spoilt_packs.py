"""However a pack is spoilt, reading it ends with errors that name their place, and with nothing else."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from poukama.centres.pack import PackError, PackErrors, read_pack
from poukama.core.tables import Table

CENTRES = Path(__file__).parents[2] / "centres"
ODD_VALUES: tuple[Any, ...] = (None, "", "x", 10**12, True, [1], {"x": "y"})
# Their tables are all alike.
LIKE_OTHERS = {"services", "founding", "staff", "said"}


def keys(values: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, value in values.items():
        yield (*above, key)
        if isinstance(value, dict):
            yield from keys(value, (*above, key))


def spoilt(values: dict[str, Any], path: tuple[str, ...], value: object) -> dict[str, Any]:
    """The values with one of them replaced, or left out for None."""
    first, *rest = path
    if rest:
        return {**values, first: spoilt(values[first], tuple(rest), value)}
    others = {key: each for key, each in values.items() if key != first}
    return others if value is None else {**others, first: value}


def errors_of(folder: Path) -> tuple[PackError, ...]:
    try:
        read_pack(folder)
    except PackErrors as caught:
        return caught.errors
    return ()


@pytest.mark.parametrize("file", ["centre.toml", "words/en.toml"])
def test_no_value_of_a_pack_makes_reading_fall_over(monkeypatch, file):
    folder = CENTRES / "satama"
    # Parsed once: it is the same text every time.
    parsed = {path.relative_to(folder).as_posix(): tomllib.loads(path.read_text()) for path in folder.rglob("*.toml")}
    whole = parsed[file]
    told = 0
    for path in (path for path in keys(whole) if path[0] not in LIKE_OTHERS):
        for value in ODD_VALUES:
            values = spoilt(whole, path, value)

            def instead(where: Path, name: str, errors: list[Any], values: dict[str, Any] = values) -> Table:
                return Table(name, values if name == file else parsed[name], errors)

            monkeypatch.setattr(Table, "open", instead)
            errors = errors_of(folder)
            told += bool(errors)
            assert all(error.expected.startswith("expected ") for error in errors)
            assert len({str(error) for error in errors}) == len(errors)
    assert told > len(ODD_VALUES)
