"""The text pages one by one: what each has promised to say, in which order, and to whom."""

import datetime as dt
import re
from pathlib import Path

from poukama.guide import page as pages
from poukama.guide.pages import Page
from tests.guide.installations import installed
from tests.guide.reading import attribute, elements, having, lix, named, own, text
from tests.guide.showing import (
    NOON,
    TEXTS,
    every_language,
    every_pack,
    every_pack_with_limits,
    said,
    shown,
)

TOO_LATE = ("liian myöhään", "too late", "för sent")
SKIP = {"fi": "Voit ohittaa", "sv": "Du kan hoppa över", "en": "You can skip"}
ANYWAY = {"fi": "tule silti", "sv": "kom ändå", "en": "come anyway"}
DO_NOT = {"fi": r"\bälä\b", "sv": r"\binte ännu\b", "en": r"\bdon't wash\b"}


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
    lists = [each for each in order if each.name in {"bdi", "ul", "ol", "dl", "form"}]
    first = min([*lists, *having(here, "class", "place")], key=order.index)
    assert order.index(duty) < order.index(first)


@every_pack
def test_the_page_for_the_young_is_easy_finnish(front):
    assert lix(own(shown(Page.YOUNG, "fi", front, practice=True))) <= 35


@every_language
@every_pack_with_limits
def test_the_young_hear_where_the_younger_go(language, front):
    pack = installed(front).front
    whole = said(Page.YOUNG, language, front=front)
    here = [pack.words[language].get(f"places.{place.code}.name") for place in pack.places if place.kind == "children"]
    assert all(name in whole for name in here)
    assert pack.ages
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
@every_pack_with_limits
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
    kept = {"fi": "ei tyhjennä selaushistoriaa", "sv": "raderar inte webbhistoriken", "en": "does not erase your"}
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
    ltr = dict.fromkeys(("fi", "sv", "en", "se", "ru", "uk", "so", "et"), "ltr")
    assert directions == {**ltr, "ar": "rtl", "fa": "rtl"}
    assert {text(name) for name in rows} >= {"Suomi", "Svenska", "English", "العربية", "Українська"}


@every_language
def test_a_centre_adds_the_languages_of_its_own(language):
    last = named(named(shown(Page.LANGUAGES, language, "laakso"), "table")[0], "tr")[-1]
    assert attribute(named(last, "bdi")[0], "lang") == "nb"
    assert text(named(last, "strong")[0]) == installed("laakso").front.words["nb"].get("languages.say_only")


@every_language
def test_a_professional_reads_call_first_and_what_to_leave_unasked(language):
    here = own(shown(Page.PROFESSIONALS, language))
    assert {"fi": "Soita ensin.", "sv": "Ring först.", "en": "Call first."}[language] in text(named(here, "p")[0])
    (unasked,) = having(here, "data-list", "unasked")
    assert len(named(unasked, "li")) == 6
    assert installed("helsinki").front.words[language].get("duty.law") in text(here)


@every_language
def test_the_accessibility_statement_is_dated_and_names_its_gaps(language):
    assert dt.timedelta(0) <= NOON.date() - pages.STATEMENT_DATE < dt.timedelta(days=365)
    here = own(shown(Page.ACCESSIBILITY, language))
    assert str(pages.STATEMENT_DATE.year) in text(here)
    assert "306/2019" in text(here)
    assert "14" in text(here)
    (gaps,) = having(here, "data-list", "gaps")
    assert len(named(gaps, "li")) >= 4


def test_words_that_a_pack_has_in_another_language_only_say_which_one():
    name = installed("laakso").front.words["en"].get("centre.name")
    (heading,) = named(shown(Page.CENTRE, "sv", "laakso"), "h1")
    (marked,) = having(heading, "lang", "en")
    assert text(marked) == text(heading) == name
    assert having(named(shown(Page.CENTRE, "fi", "laakso"), "h1")[0], "lang") == []


@every_language
def test_what_each_place_for_later_does_is_told_where_the_pack_says_it(language):
    pack = installed("satama", practice=True).front
    whole = said(Page.LATER, language, "satama", practice=True)
    offers = [pack.words[language].get(f"places.{place.code}.offers") for place in pack.places if place.kind == "later"]
    assert all(each and each in whole for each in offers)
    assert not any(key.endswith(".offers") for key in installed("helsinki").front.words[language].texts)


def test_every_text_page_has_its_template():
    folder = Path(pages.__file__).parent / "templates" / "guide" / "pages"
    assert {path.stem for path in folder.glob("*.html")} >= {page.value for page in TEXTS}
