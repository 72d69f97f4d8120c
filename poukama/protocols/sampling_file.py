"""Reads a centre's sampling protocol from its pack's `sampling.toml`.

What a group says of its sites holds for each of them that does not say otherwise.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from poukama.centres.rules import TextState
from poukama.core.tables import PackError, PackErrors, Table
from poukama.protocols.files import FILE as WINDOWS
from poukama.protocols.files import named_source, titles_in
from poukama.protocols.sampling import (
    Anatomy,
    Answered,
    Container,
    Group,
    GroupWords,
    Irregular,
    Part,
    Protocol,
    SampleKind,
    Site,
    Spoken,
    Storage,
)

FILE = "sampling.toml"


def read_sampling(folder: Path) -> Protocol | None:
    """The sampling protocol of a pack; None without the file. Raises PackErrors with every error."""
    if not (folder / FILE).exists():
        return None
    errors: list[PackError] = []
    top = Table.open(folder, FILE, errors)
    protocol = _protocol(top, _windows(folder))
    top.left_over()
    if errors:
        raise PackErrors(errors)
    return protocol


def _windows(folder: Path) -> tuple[str, ...]:
    """The windows that the pack has by name; what is wrong with them is for their own reader to say."""
    if not (folder / WINDOWS).exists():
        return ()
    return tuple(Table.open(folder, WINDOWS, []).tables("windows"))


def _protocol(top: Table, windows: tuple[str, ...]) -> Protocol:
    titles = titles_in(top)
    languages = top.tables("words")
    if not languages:
        top.wrong("words", "words in a language, as [words.fi]")
    spoken = {
        language: Spoken(
            table.text("owner", "who answers for these words, by role"),
            table.choice("state", TextState),
            table.date("review_by"),
        )
        for language, table in languages.items()
    }
    irregular = top.table("irregular")
    groups = top.tables("groups")
    if not groups:
        top.wrong("groups", "a group of samples, as [groups.mouth]")
    return Protocol(
        code=top.text("code", "the code of this protocol, as adults"),
        version=top.text("version", 'the version of this protocol, as "1"'),
        source=named_source(top, titles),
        review_by=top.date("review_by"),
        groups=tuple(_group(code, table, titles, windows, languages) for code, table in groups.items()),
        irregular={each: irregular.choice(each, Answered) for each in Irregular},
        spoken=spoken,
    )


def _group(
    code: str, table: Table, titles: Mapping[str, str], windows: tuple[str, ...], languages: Mapping[str, Table]
) -> Group:
    window = table.text("window", "the code of a time window", optional=True)
    if window and window not in windows:
        table.wrong("window", f"a window of {WINDOWS}: {', '.join(windows) or 'none yet'}")
    sites = table.tables("sites")
    if not sites:
        table.wrong("sites", f"a site, as [groups.{code}.sites.swabs]")
    days = table.whole("not_before_days", "a number of days", least=1) if table.has("not_before_days") else None
    words = {language: each.table(code) for language, each in languages.items()}
    return Group(
        code=code,
        scope=table.text("scope", "the scope of its consent, as mouth", optional=True),
        part=table.choice("part", Part) if table.has("part") else None,
        window=window,
        early=table.flag("early", optional=True),
        not_before=dt.timedelta(days=days) if days else None,
        source=named_source(table, titles),
        sites=tuple(_site(name, each, table, words) for name, each in sites.items()),
        words={language: _words(language, each) for language, each in words.items()},
    )


def _site(code: str, own: Table, group: Table, words: Mapping[str, Table]) -> Site:
    def says(key: str) -> Table:
        return group if group.has(key) and not own.has(key) else own

    return Site(
        code=code,
        kind=says("kind").choice("kind", SampleKind),
        items=says("items").whole("items", "a number of items", least=1, most=20),
        wet_then_dry=says("wet_then_dry").flag("wet_then_dry", optional=True),
        storage=says("storage").choice("storage", Storage),
        container=says("container").choice("container", Container),
        glove_change=says("glove_change").flag("glove_change", optional=True),
        repeats=own.flag("repeats", optional=True),
        anatomy=own.choice("anatomy", Anatomy) if own.has("anatomy") else None,
        names={
            language: each.table("sites").text(code, "what this site is called") for language, each in words.items()
        },
    )


def _words(language: str, table: Table) -> GroupWords:
    return GroupWords(
        language,
        table.text("name", "a short name"),
        table.text("say_first", "what the client hears first"),
        table.text("ask_before", "what the client is asked before", optional=True),
        table.text("contamination", "how it is kept clean", optional=True),
    )
