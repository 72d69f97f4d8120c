"""What a centre asks consent to, and in which words, read from its pack's `consents.toml`.

A wording has a version, a language and a state of review. One that nobody has reviewed is shown as such; none is
written here.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from poukama.centres.pack import read_origin, read_sources
from poukama.centres.rules import Origin, Source, TextState
from poukama.clients.consents import Act, Purpose, Recipient, Wording, is_scope
from poukama.core.tables import PackError, PackErrors, Table

FILE = "consents.toml"


@dataclass(frozen=True, slots=True)
class Worded:
    """An act in one language: a short name, and what is read to the client."""

    language: str
    name: str
    asks: str
    state: TextState
    owner: str
    review_by: dt.date


@dataclass(frozen=True, slots=True)
class Asked:
    """An act that a centre asks consent to, where that comes from, and its words by language."""

    code: str
    act: Act
    version: str
    origin: Origin
    source: Source
    words: Mapping[str, Worded]

    def in_language(self, *languages: str) -> Worded:
        """The words in the first of these languages that has them; else in the first there is."""
        known = [self.words[language] for language in languages if language in self.words]
        return (known or list(self.words.values()))[0]

    def wording(self, worded: Worded) -> Wording:
        """What the ledger keeps of these words."""
        return Wording(self.code, self.version, worded.language, worded.state)


# ── Reading the file ─────────────────────────────────────────────────────────────────────────────────────────


def read_asked(folder: Path) -> tuple[Asked, ...]:
    """The acts of a pack, in the file's order; none without the file. Raises PackErrors with every error."""
    if not (folder / FILE).exists():
        return ()
    errors: list[PackError] = []
    top = Table.open(folder, FILE, errors)
    sources, version = read_sources(top), top.text("version", 'the version of these words, as "1"')
    spoken = [_spoken(language, table) for language, table in top.tables("words").items()]
    if not spoken:
        top.wrong("words", "words in a language, as [words.fi]")
    found = [_asked(code, table, sources, version, spoken) for code, table in top.tables("acts").items()]
    top.left_over()
    if errors:
        raise PackErrors(errors)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The words in one language, with who answers for them."""

    language: str
    owner: str
    state: TextState
    review_by: dt.date
    table: Table

    def of(self, code: str) -> Worded:
        """The words of one act."""
        text = self.table.table(code)
        name, asks = text.text("name", "a short name"), text.text("asks", "what is read to the client")
        return Worded(self.language, name, asks, self.state, self.owner, self.review_by)


def _spoken(language: str, table: Table) -> _Spoken:
    owner = table.text("owner", "who answers for these words, by role")
    return _Spoken(language, owner, table.choice("state", TextState), table.date("review_by"), table)


def _asked(code: str, table: Table, sources: Mapping[str, Source], version: str, spoken: list[_Spoken]) -> Asked:
    scope = table.text("scope", "a part of the whole, in small letters", optional=True)
    if not is_scope(scope):
        table.wrong("scope", "small letters, digits, - and _")
    act = Act(table.choice("purpose", Purpose), table.choice("recipient", Recipient), scope)
    origin = read_origin(table, sources)
    source = sources.get(origin.source, Source("", origin.review_by))
    return Asked(code, act, version, origin, source, {each.language: each.of(code) for each in spoken})
