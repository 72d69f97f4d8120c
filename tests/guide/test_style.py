"""The style sheet chooses among answers by choices alone, and what a page weighs stays small."""

import gzip
import re
from itertools import product
from pathlib import Path

import pytest

import poukama
from poukama.guide import rules
from poukama.guide.links import OnServer
from poukama.guide.page import html
from poukama.guide.pages import LANGUAGES, Address, Page
from tests.guide.installations import NIGHT, PACKS, installed

STATIC = Path(poukama.__file__).parent / "core" / "static" / "core"
STYLE = (STATIC / "poukama.css").read_text(encoding="utf-8")
SELECTOR = re.compile(r'^ +main(\S.*?) \[data-for\]:not\(\[data-for~="(\w+)"\]\)', re.MULTILINE)


def chosen(question: str, letter: str, letters: tuple[str, ...]) -> str:
    """What a selector asks of one question; unanswered and not known are the same."""
    if letter != rules.UNKNOWN:
        return f":has(#{question}-{letter}:checked)"
    others = ", ".join(f"#{question}-{each}:checked" for each in letters if each != rules.UNKNOWN)
    return f":not(:has({others}))"


def test_every_combination_hides_what_is_not_for_it():
    expected = {
        when + age + where: chosen("when", when, rules.WHENS)
        + chosen("age", age, rules.AGES)
        + chosen("where", where, rules.WHERES)
        for when, age, where in product(rules.WHENS, rules.AGES, rules.WHERES)
    }
    selectors = SELECTOR.findall(STYLE)
    assert len(selectors) == len(expected) == 48
    assert {token: selector for selector, token in selectors} == expected


@pytest.mark.parametrize("pack", PACKS)
def test_no_pack_needs_a_choice_that_the_style_sheet_does_not_know(pack):
    asked = rules.questions(installed(pack).front, NIGHT)
    assert set(asked.when) <= set(rules.WHENS)
    assert set(asked.age) <= set(rules.AGES)
    assert set(asked.where) <= set(rules.WHERES)


def test_the_style_sheet_knows_no_time_and_no_centre():
    assert not re.search("helsinki|satama|laakso|centre_now|open", STYLE.partition("@supports selector")[2][:9000])


def compressed(content: bytes) -> int:
    return len(gzip.compress(content))


def test_style_script_and_mark_stay_within_their_budgets():
    assert compressed(STYLE.encode()) <= 8_000
    assert compressed((STATIC / "leave.js").read_bytes()) <= 3_000
    assert compressed((STATIC / "mark.svg").read_bytes()) <= 3_000


@pytest.mark.usefixtures("plain_static")
@pytest.mark.parametrize(("pack", "language"), list(product(PACKS, LANGUAGES)))
def test_the_page_of_help_stays_within_its_budget(pack, language):
    address = Address(Page.HELP, language)
    page = html(address, installed(pack, practice=True), at=NIGHT, practice=True, links=OnServer())
    assert compressed(page.encode()) <= 14_000
