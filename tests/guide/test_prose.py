"""The text pages keep their word: order, equal choices, duties first, no blame, nothing that a pack does not say."""

import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from django.test.html import Element

from poukama.guide import page as pages
from poukama.guide.elsewhere import Named, by_region, read_named
from poukama.guide.installed import Installed, installed_at
from poukama.guide.links import OnServer
from poukama.guide.pages import LANGUAGES, Address, Page
from tests.factories import at
from tests.guide.reading import attribute, blocks, elements, having, lix, named, own, sentences, text, tree, words

pytestmark = pytest.mark.filterwarnings("error")

NOON, NIGHT = at("2026-11-24T12:00"), at("2026-11-24T02:00")
PACKS = ("helsinki", "satama", "laakso")
TEXTS = tuple(page for page in Page if page is not Page.HELP)
PLAIN_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

# Words that blame, and the words for somebody that the field does not use. Stems, in the language of the page.
BLAME = {
    "fi": ("väitet", "olisi pitänyt", "miksi et", "uhri"),
    "sv": ("påstådd", "varför gjorde du inte", "borde du ha", "offer"),
    "en": ("alleged", "should have", "why didn't", "victim"),
}
# What would tell somebody who looks over a shoulder what a page is about.
STOP = "raisk seksu väkival uhri hyväksikä rikos seri våld sexu övergrepp brott rape assault abuse violen victim survivor"
TOO_LATE = ("liian myöhään", "too late", "för sent")
SKIP = {"fi": "Voit ohittaa", "sv": "Du kan hoppa över", "en": "You can skip"}
ANYWAY = {"fi": "tule silti", "sv": "kom ändå", "en": "come anyway"}
DO_NOT = {"fi": r"\bälä\b", "sv": r"\binte ännu\b", "en": r"\bdon't wash\b"}


@cache
def installed(front: str, *, practice: bool = False) -> Installed:
    return installed_at(settings.ROOT / "centres" / front, settings.ROOT / "centres", practice)


def shown(page: Page, language: str, front: str = "helsinki", *, when: dt.datetime = NOON, practice: bool = False) -> Element:
    """A page as a tree, as the server would show it at a moment."""
    centre = front if page is Page.CENTRE else ""
    with override_settings(STORAGES=PLAIN_FILES, PACKS=settings.ROOT / "centres"):
        html = pages.html(
            Address(page, language, centre),
            installed(front, practice=practice),
            at=when,
            practice=practice,
            links=OnServer(),
        )
    return tree(html)


def _long_blocks(page: Page, language: str, front: str) -> list[str]:
    return [block for block in blocks(own(shown(page, language, front))) if len(words(block)) > 6]


def said(page: Page, language: str, **about: object) -> str:
    return text(own(shown(page, language, **about)))  # type: ignore[arg-type]


every_page = pytest.mark.parametrize("which", TEXTS)
every_language = pytest.mark.parametrize("language", LANGUAGES)
every_pack = pytest.mark.parametrize("front", PACKS)


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
    levels = [int(each.name[1]) for each in named(named(shown(which, language), "main")[0], "h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


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
    assert title.endswith(" – Poukama")
    assert [stem for stem in STOP.split() if re.search(rf"\b{stem}", title.casefold())] == []


@every_language
def test_every_page_has_a_title_of_its_own(language):
    titles = {text(named(shown(page, language), "title")[0]) for page in TEXTS}
    assert len(titles) == len(TEXTS)


@every_page
@pytest.mark.parametrize("front", ["helsinki", "satama"])
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

EXAMPLES = ("free", "anonymous", "who_answers", "route", "holidays")


@every_page
@every_language
def test_an_example_is_said_in_practice_only(which, language):
    pack = installed("helsinki").front
    sentences_of_examples = [pack.words[language].get(f"said.{code}") for code in EXAMPLES]
    assert all(sentences_of_examples)
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
    for page in (Page.VISIT, Page.BEFORE, Page.CHOICE, Page.DATA):
        assert re.findall(r"\b\d+(?!\d)", said(page, "en").replace("18", "").replace("112", "").replace("040 701 8446", "")) == []


# ── Centres ──────────────────────────────────────────────────────────────────────────────────────────────────


@every_language
def test_the_door_changes_at_two_in_the_morning(language):
    day, night = shown(Page.CENTRE, language), shown(Page.CENTRE, language, when=NIGHT)
    assert len(having(day, "data-door", "day")) == 1
    assert having(day, "data-door", "night") == []
    assert having(night, "data-door", "day") == []
    assert len(having(night, "data-door", "night")) == 1


@every_pack
@every_language
def test_every_centre_that_is_listed_has_a_name_a_number_a_night_rule_and_a_date(front, language):
    cards = [each for each in elements(shown(Page.CENTRES, language, front, practice=True)) if attribute(each, "class") == "card"]
    assert len(cards) == len(installed(front, practice=True).packs)
    for card in cards:
        assert text(named(card, "h3")[0])
        assert named(card, "bdi")
        assert len(named(card, "p")) >= 4
        assert re.search(r"2026", text(named(card, "p")[-1]))


def test_an_invented_centre_is_listed_in_practice_only():
    assert "Satama" not in said(Page.CENTRES, "en")
    assert "Satama" in said(Page.CENTRES, "en", practice=True)


@every_language
def test_a_centre_elsewhere_without_a_number_is_found_through_ours(language):
    cards = having(shown(Page.CENTRES, language), "data-elsewhere")
    assert len(cards) == 8
    assert all(text(named(card, "bdi")[0]) == "040 701 8446" for card in cards)


def test_a_date_older_than_ninety_days_stands_out():
    seen = dt.date(2026, 8, 1)
    here = (Named("bay", dict.fromkeys(LANGUAGES, "Bay"), dict.fromkeys(LANGUAGES, "Coast"), "", seen),)
    assert [each.stale for _, group in by_region(here, "en", seen + dt.timedelta(days=90)) for each in group] == [False]
    assert [each.stale for _, group in by_region(here, "en", seen + dt.timedelta(days=91)) for each in group] == [True]
    later = shown(Page.CENTRES, "en", when=at("2027-03-01T12:00"))
    assert all(named(card, "strong")[-1] for card in having(later, "data-elsewhere"))
    assert "It may have changed." in text(later)
    assert "It may have changed." not in said(Page.CENTRES, "en")


def test_a_centre_that_has_a_page_here_is_not_named_twice():
    codes = {attribute(card, "data-elsewhere") for card in having(shown(Page.CENTRES, "en"), "data-elsewhere")}
    assert "helsinki" not in codes


def test_without_a_list_nobody_is_named(tmp_path):
    assert read_named(tmp_path / "others.toml") == ()


def test_a_wrong_list_says_what_is_wrong(tmp_path):
    (tmp_path / "others.toml").write_text('[centres.bay]\nchecked = "yesterday"\n')
    with pytest.raises(ValueError, match=r"centres\.bay\.checked"):
        read_named(tmp_path / "others.toml")


# ── Page by page ─────────────────────────────────────────────────────────────────────────────────────────────


@every_language
def test_come_anyway_is_said_before_anything_to_leave_undone(language):
    whole = text(shown(Page.BEFORE, language)).casefold()
    do_not = re.search(DO_NOT[language], whole)
    assert do_not
    assert whole.index(ANYWAY[language]) < do_not.start()


@every_language
@every_pack
def test_each_of_seven_steps_says_who_is_there_and_what_may_be_left_out(language, front):
    (steps,) = named(own(shown(Page.VISIT, language, front)), "ol")
    items = [each for each in steps.children if not isinstance(each, str)]
    assert len(items) == 7
    room = {"fi": "Huoneessa: ", "sv": "I rummet: ", "en": "In the room: "}[language]
    for item in items:
        lines = [text(line) for line in named(item, "p")]
        assert lines[-1].startswith(SKIP[language])
        assert any(line.startswith(room) and len(line) > len(room) + 4 for line in lines)


@every_language
def test_the_three_choices_are_equals(language):
    choices = having(shown(Page.CHOICE, language), "data-choice")
    assert [attribute(each, "data-choice") for each in choices] == ["yes", "later", "no"]
    assert [[heading.name for heading in named(each, "h1", "h2", "h3", "h4")] for each in choices] == [["h3"]] * 3
    lengths = [len(text(each)) for each in choices]
    middle = sum(lengths) / 3
    assert all(abs(length - middle) <= 0.3 * middle for length in lengths)
    assert max(lengths) <= 1.3 * min(lengths)


@every_language
def test_that_reporting_is_encouraged_stands_once_and_above_the_choices(language):
    word = installed("helsinki").front.words[language].get("said.report_encouraged")
    whole = text(shown(Page.CHOICE, language))
    assert whole.count(word) == 1
    first = text(having(shown(Page.CHOICE, language), "data-choice")[0])
    assert whole.index(word) < whole.index(first)
    assert all(word not in text(shown(page, language)) for page in TEXTS if page is not Page.CHOICE)


@every_language
@every_pack
def test_the_duty_comes_before_any_number_or_list(language, front):
    here = own(shown(Page.YOUNG, language, front))
    order = list(elements(here))
    (duty,) = having(here, "data-duty")
    law = installed(front).front.duty
    assert str(law.under) in text(duty) if law else "?" not in text(duty)
    first = next(each for each in order if each.name in {"bdi", "ul", "ol", "dl", "form"} or attribute(each, "class") == "place")
    assert order.index(duty) < order.index(first)


@every_pack
def test_the_page_for_the_young_is_easy_finnish(front):
    assert lix(own(shown(Page.YOUNG, "fi", front, practice=True))) <= 35


@every_language
@pytest.mark.parametrize("front", ["helsinki", "satama"])
def test_the_young_hear_where_the_younger_go(language, front):
    pack = installed(front).front
    whole = said(Page.YOUNG, language, front=front)
    here = [pack.words[language].get(f"places.{place.code}.name") for place in pack.places if place.kind == "children"]
    assert all(name in whole for name in here)
    assert str(pack.ages.alone) in whole


@every_language
@every_pack
def test_later_is_never_too_late(language, front):
    whole = shown(Page.LATER, language, front, practice=True)
    assert [words_ for words_ in TOO_LATE if words_ in text(whole).casefold()] == []


@every_language
def test_without_an_age_or_a_duty_nobody_is_given_one(language):
    assert re.findall(r"\b\d\d\b", said(Page.YOUNG, language, front="laakso").replace("+358 40 000 0010", "")) == []


@every_language
def test_without_a_time_limit_everybody_may_come(language):
    here = shown(Page.LATER, language, "laakso")
    assert named(here, "dl") == []
    come = {"fi": "voit tulla meille", "sv": "kan du komma till oss", "en": "you can come to us"}[language]
    assert come in text(here)


@every_language
@pytest.mark.parametrize("front", ["helsinki", "satama"])
def test_the_doors_for_later_come_first_and_we_may_still_be_asked(language, front):
    pack = installed(front).front
    here = own(shown(Page.LATER, language, front))
    names = [pack.words[language].get(f"places.{place.code}.name") for place in pack.places if place.kind == "later"]
    assert [text(each) for each in named(here, "dt")] == names
    assert text(here).index(names[-1]) < text(here).index(text(named(here, "h2")[0]))
    ask = {"fi": "Saat myös soittaa meille", "sv": "Du får också ringa oss", "en": "You may still call us"}[language]
    assert ask in text(named(here, "h2")[0])


@every_language
def test_somebody_close_finds_three_things_to_say_and_three_to_leave_out(language):
    here = shown(Page.CLOSE, language)
    for kind in ("say", "leave-out"):
        (listed,) = having(here, "data-list", kind)
        assert len(named(listed, "li")) == 3
        assert all(text(strong)[0] in "”“" for strong in named(listed, "strong"))
    heading = text(named(own(here), "p")[1])
    assert {"fi": "Emme kysy", "sv": "Vi frågar inte", "en": "We don't ask"}[language] in heading


@every_language
def test_the_way_out_is_told_honestly(language):
    kept = {"fi": "ei tyhjennä selaushistoriaa", "sv": "raderar inte webbhistoriken", "en": "does not erase your history"}
    whole = said(Page.BROWSING, language)
    assert kept[language] in whole
    assert all(browser in whole for browser in ("Chrome", "Safari", "Firefox", "Edge", "Samsung Internet"))
    assert named(shown(Page.BROWSING, language), "img") == []


@every_language
def test_the_table_of_who_sees_what_has_headers_for_its_rows_and_columns(language):
    (table,) = named(shown(Page.DATA, language), "table")
    head, *rows = named(table, "tr")
    columns = [text(each) for each in named(head, "th")]
    assert len(columns) == 4
    assert [attribute(each, "scope") for each in named(head, "th")] == ["col"] * 4
    assert len(rows) >= 5
    for row in rows:
        (name,) = named(row, "th")
        assert attribute(name, "scope") == "row"
        assert attribute(name, "role") == "rowheader"
        assert [attribute(cell, "data-label") for cell in named(row, "td")] == columns[1:]
        assert all(text(cell) for cell in named(row, "td"))


@every_language
def test_what_is_not_decided_is_said_so_and_never_as_a_number(language):
    (table,) = named(shown(Page.DATA, language), "table")
    ask = {"fi": "Kysy", "sv": "Fråga", "en": "Ask"}[language]
    kept = [text(named(row, "td")[1]) for row in named(table, "tr")[1:]]
    assert sum(ask in each for each in kept) >= 3
    assert not any(re.search(r"\d", each) for each in kept)


@every_language
def test_each_language_is_named_in_itself_and_in_its_direction(language):
    rows = [named(row, "bdi")[0] for row in named(named(shown(Page.LANGUAGES, language), "table")[0], "tr")[1:]]
    directions = {attribute(name, "lang"): attribute(name, "dir") for name in rows}
    assert directions == dict.fromkeys(("fi", "sv", "en", "se", "ru", "uk", "so", "et"), "ltr") | {"ar": "rtl", "fa": "rtl"}
    assert {text(name) for name in rows} >= {"Suomi", "Svenska", "English", "العربية", "Українська"}


@every_language
def test_a_professional_reads_call_first_and_what_to_leave_unasked(language):
    here = own(shown(Page.PROFESSIONALS, language))
    assert {"fi": "Soita ensin.", "sv": "Ring först.", "en": "Call first."}[language] in text(named(here, "p")[0])
    (unasked,) = having(here, "data-list", "unasked")
    assert len(named(unasked, "li")) == 6
    assert installed("helsinki").front.duty.law in text(here)


@every_language
def test_the_accessibility_statement_is_dated_and_names_its_gaps(language):
    assert dt.timedelta(0) <= NOON.date() - pages.STATEMENT_DATE < dt.timedelta(days=365)
    here = own(shown(Page.ACCESSIBILITY, language))
    assert str(pages.STATEMENT_DATE.year) in text(here)
    assert "306/2019" in text(here)
    assert "14" in text(here)
    (gaps,) = having(here, "data-list", "gaps")
    assert len(named(gaps, "li")) >= 4


def test_every_text_page_has_its_template():
    folder = Path(pages.__file__).parent / "templates" / "guide" / "pages"
    assert {path.stem for path in folder.glob("*.html")} >= {page.value for page in TEXTS}
