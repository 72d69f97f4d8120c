"""What every text page keeps: short sentences, no blame, quiet titles, and nothing that a pack does not say."""

import re
from itertools import pairwise

from poukama.guide.pages import LANGUAGES, Page
from tests.guide.installations import installed
from tests.guide.reading import blocks, named, own, sentences, text, words
from tests.guide.showing import (
    TEXTS,
    every_language,
    every_pack,
    every_pack_with_limits,
    every_page,
    said,
    shown,
)

# Words that blame, and the words for somebody that the field does not use. Stems, in the language of the page.
BLAME = {
    "fi": ("väitet", "olisi pitänyt", "miksi et", "uhri"),
    "sv": ("påstådd", "varför gjorde du inte", "borde du ha", "offer"),
    "en": ("alleged", "should have", "why didn't", "victim"),
}
# What would tell somebody who looks over a shoulder what a page is about.
STOP = (
    "raisk seksu väkival uhri hyväksikä rikos seri våld sexu övergrepp brott rape assault abuse violen victim survivor"
)


def _long_blocks(page: Page, language: str, front: str) -> list[str]:
    return [block for block in blocks(own(shown(page, language, front))) if len(words(block)) > 6]


# ── Every page ───────────────────────────────────────────────────────────────────────────────────────────────


@every_page
@every_language
def test_a_page_has_one_heading_and_leads_onward(which, language):
    whole = shown(which, language)
    assert len(named(whole, "h1")) == 1
    onward = named(named(whole, "main")[0], "nav")
    assert len(onward) == 1
    assert len(named(onward[0], "a")) >= 3


@every_page
@every_language
def test_headings_never_skip_a_level(which, language):
    levels = [
        int(str(each.name)[1:]) for each in named(named(shown(which, language), "main")[0], "h1", "h2", "h3", "h4")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every_page
@every_language
def test_sentences_are_short(which, language):
    lengths = [len(words(sentence)) for sentence in sentences(own(shown(which, language)))]
    assert sum(lengths) / len(lengths) <= 15
    assert max(lengths) <= 30


@every_page
@every_language
@every_pack
def test_no_word_blames_and_nothing_shouts(which, language, front):
    everything = text(shown(which, language, front, practice=True)).casefold()
    assert [word for word in BLAME[language] if re.search(rf"\b{word}", everything)] == []
    assert "!" not in everything


@every_page
@every_language
def test_a_title_says_what_a_page_does_and_not_what_it_is_about(which, language):
    title = text(named(shown(which, language), "title")[0])
    assert title.endswith(" \N{EN DASH} Poukama")
    assert [stem for stem in STOP.split() if re.search(rf"\b{stem}", title.casefold())] == []


@every_language
def test_every_page_has_a_title_of_its_own(language):
    titles = {text(named(shown(page, language), "title")[0]) for page in TEXTS}
    assert len(titles) == len(TEXTS)


@every_page
@every_pack_with_limits
def test_a_page_is_in_its_language(which, front):
    texts = {language: set(_long_blocks(which, language, front)) for language in LANGUAGES}
    assert all(texts[one].isdisjoint(texts[other]) for one, other in (("fi", "en"), ("sv", "en"), ("fi", "sv")))


@every_page
@every_language
@every_pack
def test_whoever_may_decide_about_a_report_is_told_the_age(which, language, front):
    report = {"fi": "rikosilmoituksen", "sv": "en brottsanmälan", "en": "whether to report to the police"}[language]
    here = own(shown(which, language, front))
    if which is Page.CHOICE:
        # On its own page the age is the heading under which the choice stands.
        heading = next(each for each in named(here, "h2") if "18" in text(each))
        assert text(here).index(text(heading)) < text(here).index(report)
        return
    assert [block for block in blocks(here) if report in block and "18" not in block] == []


# ── Only what the pack says ──────────────────────────────────────────────────────────────────────────────────

EXAMPLES = ("free", "anonymous", "who_answers", "holidays")


@every_page
@every_language
def test_an_example_is_said_in_practice_only(which, language):
    pack = installed("helsinki").front
    codes = [each.code for each in pack.said if each.origin.example]
    assert set(EXAMPLES) <= set(codes)
    sentences_of_examples = [pack.words[language].get(f"said.{code}") for code in codes]
    real = text(shown(which, language))
    assert [each for each in sentences_of_examples if each in real] == []


@every_language
def test_in_practice_the_examples_are_said(language):
    pack = installed("helsinki").front
    everything = " ".join(text(shown(page, language, practice=True)) for page in TEXTS)
    assert [code for code in EXAMPLES if pack.words[language].get(f"said.{code}") not in everything] == []


@every_language
def test_anonymity_is_offered_to_the_young_only_where_the_pack_says_so(language):
    offer = {"fi": "nimettömänä", "sv": "anonymt", "en": "anonymously"}[language]
    assert offer not in said(Page.YOUNG, language)
    assert offer in said(Page.YOUNG, language, practice=True)


def test_no_duration_is_invented():
    given = {"18", "112", "040", "701", "8446"}
    for page in (Page.VISIT, Page.BEFORE, Page.CHOICE, Page.DATA):
        assert set(re.findall(r"\d+", said(page, "en"))) <= given
