"""An identity code is read as it stands: every century sign is its own, and nothing is guessed from the rest."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from poukama.clients import hetu
from poukama.clients.hetu import CENTURIES, Fault, NotAnIdentityCode, read
from tests.clients.saying import make_hetu

TODAY = dt.date(2026, 11, 24)
signs = st.sampled_from(sorted(CENTURIES))
dates = st.dates(dt.date(1850, 1, 1), TODAY)


@st.composite
def codes(draw, *, practice=False):
    """A code that holds, with its date of birth."""
    born = draw(dates)
    sign = draw(st.sampled_from([sign for sign, century in CENTURIES.items() if century == born.year // 100 * 100]))
    individual = draw(st.integers(900, 999) if practice else st.integers(2, 899))
    return make_hetu(born.strftime("%d%m%y"), sign, f"{individual:03}"), born


def test_there_are_thirteen_signs_of_a_century():
    assert set(CENTURIES) == set("+-YXWVUABCDEF")


@given(codes())
def test_a_code_is_kept_as_it_was_given_with_the_date_in_it(code):
    text, born = code
    assert read(text, practice=False, today=TODAY) == hetu.Hetu(text, born)


@given(codes())
def test_spaces_around_it_and_small_letters_are_the_same_code(code):
    text, _ = code
    assert read(f" {text.lower()}\n", practice=False, today=TODAY).text == text


@given(codes(), signs)
def test_two_people_may_differ_in_the_sign_alone(code, other):
    text, born = code
    century = CENTURIES[other] + born.year % 100
    # The same day in the other century has not come yet, or there is none.
    assume(century < TODAY.year and (born.month, born.day) != (2, 29))
    found = read(text[:6] + other + text[7:], practice=False, today=TODAY)
    assert found.text[6] == other
    assert (found.text == text) is (other == text[6])
    assert found.born == born.replace(year=century)


@given(codes(), st.integers(0, 10), st.sampled_from("0123456789ABCDEFHJKLMNPRSTUVWXY"))
def test_one_wrong_sign_anywhere_but_in_the_century_is_seen(code, place, sign):
    text, _ = code
    if place == 6 or text[place] == sign:
        return
    with pytest.raises(NotAnIdentityCode):
        read(text[:place] + sign + text[place + 1 :], practice=False, today=TODAY)


@given(codes(practice=True))
def test_codes_of_tests_belong_to_practice_and_no_person_does(code):
    text, _ = code
    assert read(text, practice=True, today=TODAY).text == text
    with pytest.raises(NotAnIdentityCode) as refused:
        read(text, practice=False, today=TODAY)
    assert refused.value.fault is Fault.TEMPORARY


@given(codes())
def test_no_persons_code_is_taken_into_a_practice_version(code):
    with pytest.raises(NotAnIdentityCode) as refused:
        read(code[0], practice=True, today=TODAY)
    assert refused.value.fault is Fault.REAL


@pytest.mark.parametrize("text", ["131052-308T", "131052+308T"])
def test_codes_worked_out_elsewhere_hold(text):
    assert read(text, practice=False, today=TODAY).text == text


@pytest.mark.parametrize("text", ["020516C903K", "180859-914S"])
def test_published_examples_hold_in_practice(text):
    assert read(text, practice=True, today=TODAY).text == text


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.SHAPE),
        ("131052308T", Fault.SHAPE),
        ("131052-308", Fault.SHAPE),
        ("131052-308T1", Fault.SHAPE),
        ("131052G308T", Fault.SHAPE),
        ("131052\u2212308T", Fault.SHAPE),
        ("\u0661\u0663\u0661\u0660\u0665\u0662-308T", Fault.SHAPE),
        ("131052-308\u017f", Fault.SHAPE),
        ("310252-308T", Fault.DATE),
        (make_hetu("290201", "A", "308"), Fault.DATE),
        ("131052-308G", Fault.CHECK),
        ("131052-308U", Fault.CHECK),
        ("010190-999K", Fault.CHECK),
        (make_hetu(individual="000"), Fault.NUMBER),
        (make_hetu(individual="001"), Fault.NUMBER),
        (make_hetu("251126", "A", "308"), Fault.NOT_BORN),
    ],
)
def test_what_is_no_code_says_why_and_nothing_of_the_text(text, fault):
    with pytest.raises(NotAnIdentityCode) as refused:
        read(text, practice=False, today=TODAY)
    assert refused.value.fault is fault
    assert not text or text not in str(refused.value)


def test_somebody_born_today_has_a_code():
    assert read(make_hetu("241126", "A", "308"), practice=False, today=TODAY).born == TODAY


def test_a_code_tells_no_gender():
    assert {name for name in dir(hetu.Hetu) if not name.startswith("_")} == {"text", "born"}
