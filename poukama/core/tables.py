"""TOML read key by key: every error is kept, with its file and dotted key, and all are told in one go.

What cannot be read is replaced by a stand-in, so that reading goes on to the next error; whoever reads raises
`PackErrors` at the end, and nothing made of stand-ins is ever returned.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)
_DEEPEST = 8
_LINE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")


@dataclass(frozen=True, slots=True)
class PackError:
    """What is wrong in a file of a pack, where, and what was expected; the line only where the parser gives it."""

    file: str
    key: str
    line: int | None
    expected: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return ": ".join(part for part in (where, self.key, self.expected) if part)


class PackErrors(ValueError):
    """Everything that is wrong in a pack, in the order of reading."""

    def __init__(self, errors: Iterable[PackError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


class Table:
    """A table of a TOML file. `quiet` is true for one that stands in for a missing table: it reports nothing."""

    def __init__(
        self, file: str, values: dict[str, object], errors: list[PackError], *, key: str = "", quiet: bool = False
    ) -> None:
        self.file = file
        self.key = key
        self.quiet = quiet
        self._values = values
        self._errors = errors
        self._read: set[str] = set()
        self._inner: dict[str, Table] = {}

    @classmethod
    def open(cls, folder: Path, file: str, errors: list[PackError]) -> "Table":
        """The whole of a file; a quiet one if it is not TOML. Raises OSError when it cannot be read."""
        try:
            values = tomllib.loads((folder / file).read_bytes().decode())
            if _depth(values) <= _DEEPEST:
                return cls(file, values, errors)
            errors.append(PackError(file, "", None, f"expected at most {_DEEPEST} tables inside each other"))
        except UnicodeDecodeError:
            errors.append(PackError(file, "", None, "expected text in UTF-8"))
        except tomllib.TOMLDecodeError as error:
            found = _LINE.search(str(error))
            line = int(found[1]) if found and found[1] else None
            errors.append(PackError(file, "", line, f"expected TOML: {_LINE.sub('', str(error))}"))
        except (RecursionError, ValueError):
            errors.append(PackError(file, "", None, "expected TOML with numbers and lists of an ordinary size"))
        return cls(file, {}, errors, quiet=True)

    def dotted(self, key: str) -> str:
        """A key of this table as seen from the top of the file."""
        return f"{self.key}.{key}" if self.key else key

    def wrong(self, key: str, expected: str) -> None:
        """Keep an error about a key of this table."""
        if not self.quiet:
            self._errors.append(PackError(self.file, self.dotted(key), None, f"expected {expected}"))

    def has(self, key: str) -> bool:
        """Whether the key, which the table may have, is there."""
        self._read.add(key)
        return key in self._values

    def __bool__(self) -> bool:
        return not self.quiet

    def take(self, key: str, kind: type[T], expected: str, stand_in: T, *, optional: bool = False) -> T:
        """The value of a key, of exactly this type (a boolean is no number, a date with a time is no date)."""
        self._read.add(key)
        value = self._values.get(key)
        if type(value) is kind:
            return value
        if value is not None or not optional:
            self.wrong(key, expected)
        return stand_in

    def text(self, key: str, expected: str = "a text", *, optional: bool = False) -> str:
        """A text that says something; an optional one that is absent is empty."""
        text = self.take(key, str, expected, "", optional=optional)
        if isinstance(self._values.get(key), str) and not text.strip():
            self.wrong(key, f"{expected}, not an empty one")
        return text

    def whole(self, key: str, expected: str, *, least: int = 0, most: int = 10_000) -> int:
        """A whole number from `least` to `most`."""
        number = self.take(key, int, expected, least)
        if least <= number <= most:
            return number
        self.wrong(key, f"{expected}, from {least} to {most}")
        return least

    def flag(self, key: str, *, optional: bool = False) -> bool:
        """A yes or a no; an optional one that is absent is a no."""
        return self.take(key, bool, "true or false", False, optional=optional)

    def date(self, key: str) -> dt.date:
        """A date, without a time."""
        return self.take(key, dt.date, "a date, as 2027-05-31", dt.date.max)

    def texts(self, key: str, expected: str, *, optional: bool = False) -> tuple[str, ...]:
        """A list of texts; it has at least one, unless it is optional."""
        values = self.take(key, list, expected, [], optional=optional)
        good = tuple(value for value in values if isinstance(value, str) and value.strip())
        empty = not values and not optional and type(self._values.get(key)) is list
        if len(good) < len(values) or empty:
            self.wrong(key, expected)
        return good

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        """One word of a list of words."""
        words = [str(word) for word in kind]
        expected = f"one of {', '.join(words)}"
        word = self.take(key, str, expected, words[0])
        if word not in words:
            self.wrong(key, expected)
            return kind(words[0])
        return kind(word)

    def table(self, key: str, *, optional: bool = False) -> "Table":
        """A table inside this one; a quiet one, which is false, where there is none."""
        if key in self._inner:
            return self._inner[key]
        expected = f"a table, [{self.dotted(key)}]"
        values = self.take(key, dict, expected, {}, optional=optional)
        quiet = not self.holds_table(key)
        inner = Table(self.file, values, self._errors, key=self.dotted(key), quiet=quiet)
        self._inner[key] = inner
        return inner

    def tables(self, key: str) -> dict[str, "Table"]:
        """The tables inside an optional table, by name, in the file's order."""
        outer = self.table(key, optional=True)
        return {name: outer.table(name) for name in outer.names()}

    def holds_table(self, key: str) -> bool:
        """Whether the key is a table."""
        return type(self._values.get(key)) is dict

    def names(self) -> tuple[str, ...]:
        """The keys of this table, in the file's order."""
        return tuple(self._values)

    def left_over(self) -> None:
        """Keep an error for every key, here and further in, that nobody has asked for."""
        for key in self._values:
            if key not in self._read:
                self.wrong(key, f"one of the keys {', '.join(sorted(self._read))}")
        for inner in self._inner.values():
            inner.left_over()


def _depth(values: object) -> int:
    """How many tables stand inside each other."""
    depth, level = 0, [values]
    while level := [value for each in level if isinstance(each, dict) for value in each.values()]:
        depth += 1
    return depth
