"""How old somebody is by what they said, and how they are found by what is typed."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from poukama.clients.hetu import Hetu
from poukama.clients.identity import (
    CODES,
    UNSAID,
    IdentifierKind,
    Identity,
    Key,
    Place,
    age_on,
    keys_of,
    make_code,
    plain,
    read_code,
    sought,
    whole_years,
)
from poukama.doors.known import ANY_AGE, Age

TODAY = dt.date(2026, 11, 24)
CODE = Hetu("any", dt.date(2009, 11, 25))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
words = st.text("abcdeåäöéßABCÅÄÖ", min_size=1, max_size=15)


# ── Age ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2010-11-25", "2026-11-24", 15),
        ("2010-11-24", "2026-11-24", 16),
        ("2008-11-25", "2026-11-24", 17),
        ("2008-11-24", "2026-11-24", 18),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2008-02-29", "2024-02-28", 15),
        ("2008-02-29", "2024-02-29", 16),
    ],
)
def test_an_age_turns_on_the_birthday(born, on, age):
    assert whole_years(dt.date.fromisoformat(born), dt.date.fromisoformat(on)) == age


@given(st.dates(dt.date(1900, 1, 1)), st.integers(0, 40_000))
def test_whoever_was_born_that_day_has_an_age_that_only_grows(born, days):
    assume(born.toordinal() + days + 1 <= dt.date.max.toordinal())
    on = born + dt.timedelta(days=days)
    assert 0 <= whole_years(born, on) <= whole_years(born, on + dt.timedelta(days=1)) <= whole_years(born, on) + 1


def test_a_date_of_birth_says_the_age():
    assert age_on(Identity(born=dt.date(2009, 11, 24)), None, said=TODAY, on=TODAY) == Age(17, 17)


def test_a_code_says_the_age_only_if_the_client_gave_it():
    given_by_client = Identity(kind=IdentifierKind.OFFICIAL, identifier="any", code_from_client=True)
    by_others = Identity(kind=IdentifierKind.OFFICIAL, identifier="any")
    assert age_on(given_by_client, CODE, said=TODAY, on=TODAY) == Age(16, 16)
    assert age_on(by_others, CODE, said=TODAY, on=TODAY) == ANY_AGE


def test_dates_that_differ_leave_the_age_between_them():
    both = Identity(born=dt.date(2005, 1, 1), identifier="any", code_from_client=True)
    assert age_on(both, CODE, said=TODAY, on=TODAY) == Age(16, 21)


def test_nothing_said_leaves_any_age():
    assert age_on(UNSAID, None, said=TODAY, on=TODAY) == ANY_AGE


@pytest.mark.parametrize(
    ("on", "age"),
    [
        ("2026-11-24", Age(16, 17)),
        ("2026-11-25", Age(16, 18)),
        ("2027-11-24", Age(17, 18)),
        ("2027-11-25", Age(17, 19)),
        ("2026-11-23", Age(16, 17)),
    ],
)
def test_an_age_that_was_said_grows_as_it_surely_and_perhaps_has(on, age):
    said = Identity(age=Age(16, 17))
    assert age_on(said, None, said=TODAY, on=dt.date.fromisoformat(on)) == age


@given(st.dates(dt.date(1990, 1, 1), TODAY), st.integers(0, 9000), st.integers(0, 9000))
def test_whoever_says_their_age_truly_is_of_the_age_that_it_has_grown_to(born, first, later):
    said, on = born + dt.timedelta(days=first), born + dt.timedelta(days=first + later)
    told = whole_years(born, said)
    grown = age_on(Identity(age=Age(told, told)), None, said=said, on=on)
    assert grown.least <= whole_years(born, on) <= (grown.most or 0)


# ── Looking for somebody ─────────────────────────────────────────────────────────────────────────────────────


@given(texts)
def test_case_space_and_composition_make_no_difference(text):
    assert plain(f"  {unicodedata.normalize('NFD', text)} ") == plain(text)


def found(client: frozenset[Key], text: str) -> bool:
    """Whether a client with these keys is found by this text."""
    looked_for = sought(text, "FI")
    return bool(client & looked_for.exact) or (bool(looked_for.words) and client.issuperset(looked_for.words))


@given(st.lists(words, min_size=1, max_size=4))
def test_a_whole_name_finds_and_so_does_any_of_its_words(names):
    keys = keys_of("22-2222", Identity(name=" ".join(names)), (), "FI")
    assert found(keys, " ".join(names))
    assert all(found(keys, word.upper()) for word in names)


@given(words, st.integers(1, 15))
def test_three_letters_of_a_word_find_and_fewer_do_not(word, length):
    form = plain(word)
    start = form[:length]
    keys = keys_of("22-2222", Identity(called=word), (), "FI")
    assert found(keys, start) is (len(start) >= 3 or start == form)


def test_every_word_that_is_typed_must_be_there():
    keys = keys_of("22-2222", Identity(called="Aino", name="Aino-Maija Virta"), (), "FI")
    assert found(keys, "vir maija")
    assert not found(keys, "vir kaisa")


@pytest.mark.parametrize("text", ["040 701 8446", "+358407018446", "0407018446", "+358 (0)40 701 8446"])
def test_a_number_finds_however_it_is_written(text):
    assert found(keys_of("22-2222", UNSAID, ("040-7018446", "?"), "FI"), text)


def test_a_code_and_an_identifier_find_however_they_are_spaced():
    keys = keys_of("NR-XP9P", Identity(kind=IdentifierKind.OFFICIAL, identifier="131052-308T"), (), "FI")
    assert found(keys, "nrxp9p")
    assert found(keys, " 131052-308t ")
    assert not found(keys, "131052Y308T")


@pytest.mark.parametrize("text", ["", "   ", "?!", "112"])
def test_a_text_that_says_nothing_finds_nobody(text):
    assert not found(keys_of("22-2222", Identity(called="Aino"), ("112",), "FI") - {Key(Place.NUMBER, "x")}, text)


@given(st.integers(0, CODES - 1))
def test_a_code_reads_as_itself(number):
    code = make_code(number)
    assert read_code(code) == read_code(code.lower().replace("-", " ")) == code


@given(st.integers(0, CODES - 1), st.integers(0, 5), st.sampled_from("23456789BCDFGHJKMNPRTXZ"))
def test_one_wrong_sign_of_a_code_is_seen(number, place, sign):
    signs = make_code(number).replace("-", "")
    changed = signs[:place] + sign + signs[place + 1 :]
    assert (read_code(changed) == "") is (changed != signs)


@given(st.integers(0, CODES - 1), st.integers(0, 4))
def test_two_signs_that_changed_places_are_seen(number, place):
    signs = make_code(number).replace("-", "")
    changed = signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :]
    assert (read_code(changed) == "") is (changed != signs)
