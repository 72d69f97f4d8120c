"""Reads a centre's words, `words/<language>.toml`, and finds those that are missing or that nothing asks for."""

import string
from collections.abc import Iterator, Mapping
from pathlib import Path

from poukama.centres.rules import Pack, TextState, Words
from poukama.core.tables import PackError, Table

# The languages that the product itself speaks; a pack brings the answers' words for any other language.
SPOKEN = frozenset({"fi", "sv", "en"})
PLACEHOLDERS = frozenset({"place", "phone", "opens"})


def read_words(folder: Path, languages: tuple[str, ...], errors: list[PackError]) -> Mapping[str, Words]:
    """The words in the languages declared, or in every language that is there when none could be read."""
    present = tuple(sorted(path.stem for path in (folder / "words").glob("*.toml")))
    words = {}
    for language in languages or present:
        file = f"words/{language}.toml"
        if language not in present:
            errors.append(PackError(file, "", None, f"expected the centre's words in {language!r}"))
        elif table := Table.open(folder, file, errors):
            words[language] = _words_of(language, table)
    for language in present:
        if languages and language not in languages:
            errors.append(PackError(f"words/{language}.toml", "", None, "expected a language of centre.languages"))
    return words


def _words_of(language: str, table: Table) -> Words:
    owner = table.text("owner", "who answers for these words, by role")
    state = table.choice("state", TextState)
    review_by = table.date("review_by")
    texts = dict(_flat(table, ("owner", "review_by", "state")))
    return Words(language, owner, review_by, state, texts)


def _flat(table: Table, besides: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for name in table.names():
        if name in besides:
            continue
        if table.holds_table(name):
            yield from _flat(table.table(name))
        else:
            yield table.dotted(name), table.text(name)


def word_errors(pack: Pack) -> Iterator[PackError]:
    """Words that are missing in a language or that nothing in the pack asks for, and unknown placeholders."""
    needed, allowed = _needed_words(pack), _allowed_words(pack)
    anywhere = {key for words in pack.words.values() for key in words.texts if not _is_answer(key)}
    for language, words in pack.words.items():
        file = f"words/{language}.toml"
        for key in [*needed, *sorted(anywhere & allowed - set(needed))]:
            if key not in words.texts:
                yield PackError(file, key, None, "expected a text, as the pack or another language has this key")
        for key, text in words.texts.items():
            if _is_answer(key) and language not in SPOKEN:
                if unknown := _placeholders(text) - PLACEHOLDERS:
                    yield PackError(file, key, None, f"expected only {{place}}, {{phone}}, {{opens}}; not {unknown}")
            elif key not in allowed:
                yield PackError(file, key, None, "expected a key of something that is in centre.toml")


def _needed_words(pack: Pack) -> list[str]:
    return [
        "centre.name",
        "centre.short_name",
        "centre.operator",
        "languages.say_only",
        *(["centre.area"] if pack.area else []),
        *(["duty.law"] if pack.duty else []),
        *(f"lines.{line.code}.name" for line in pack.lines),
        *(f"places.{place.code}.name" for place in pack.places),
        *(f"municipalities.{code}" for code in (pack.area.municipalities if pack.area else ())),
        *(f"staff.{post.role}" for post in pack.posts),
        *(f"services.{each.code}" for each in pack.services),
        *(f"founding.{each.code}" for each in pack.founding),
        *(f"said.{each.code}" for each in pack.said),
    ]


def _allowed_words(pack: Pack) -> set[str]:
    about_places = ("address", "directions", "offers", "hours_note")
    return {
        *_needed_words(pack),
        "centre.postal_address",
        *(f"places.{place.code}.{what}" for place in pack.places for what in about_places),
        *(f"lines.{line.code}.hours_note" for line in pack.lines),
    }


def _is_answer(key: str) -> bool:
    """Whether a key is the paragraph of a door or of a note."""
    return key.startswith(("doors.", "notes."))


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {"a single brace"}
