"""Every choice has a word, in each language, and a length and an hour are said as the language says them."""

import datetime as dt

import pytest
from django.utils.translation import override

from poukama.doors.known import Asker, Door, Reason, Want
from poukama.doors.rules import RULES
from poukama.helpline import asked, moments, words
from poukama.helpline.answers import ANSWERS, WORDS, Answers, Channel, Fault, Hurt, SafeContact, SafeNow, Said, When
from poukama.helpline.rules import ArrivalState, Means, Option, Outcome, Reached, Refusal
from poukama.staff.rules import Role
from tests.factories import HELSINKI, at, make_area, make_pack, make_words

LISTS = [
    (words.SAID, Said),
    (words.SAFE_NOW, SafeNow),
    (words.HURT, Hurt),
    (words.WHEN, When),
    (words.ASKER, Asker),
    (words.WANT, Want),
    (words.SAFE_CONTACT, SafeContact),
    (words.CHANNEL, Channel),
    (words.CHANNEL_TITLE, Channel),
    (words.MEANS, Means),
    (words.ARRIVAL, ArrivalState),
    (words.OPTION, Option),
    (words.OUTCOME, Outcome),
    (words.REACHED, Reached),
    (words.DOOR, Door),
    (words.REASON, Reason),
    (words.FAULT, Fault),
    (words.REFUSAL, Refusal),
]


@pytest.mark.parametrize(("labels", "kind"), LISTS)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_choice_has_a_word_of_its_own(labels, kind, language):
    with override(language):
        said = {str(labels[word]) for word in kind}
    assert len(said) == len(list(kind))


def test_every_rule_of_the_engine_can_be_told():
    assert words.TRACE.keys() == {rule.__name__ for rule in RULES}


def test_every_duty_that_a_night_may_need_has_a_word():
    assert {Role.DOCTOR, Role.MIDWIFE, Role.SOCIAL_WORKER, Role.PSYCHOLOGIST, Role.CHAPLAIN} <= words.DUTIES.keys()


def test_every_field_of_a_contact_has_a_name():
    for name in (*ANSWERS, *WORDS):
        assert str(asked.label_of(name))


@pytest.mark.parametrize(
    ("band", "word"),
    [("0-12", "alle 13"), ("13-15", "13–15"), ("18-", "18+"), ("", "ei kysytty"), ("unknown", "ei tiedä")],
)
def test_an_age_is_a_band_in_a_word(band, word):
    with override("fi"):
        assert words.age_word(band) == word


@pytest.mark.parametrize(
    ("code", "word"),
    [("sv", "ruotsi"), ("so", "somali"), ("fse", "suomalainen viittomakieli"), ("", "ei kysytty"), ("xq", "xq")],
)
def test_a_language_is_named_in_the_readers(code, word):
    with override("fi"):
        assert words.language_name(code) == word


def test_a_place_has_the_packs_name_else_its_code():
    swedish = make_words("sv", municipalities__helsinki="Helsingfors")
    pack = make_pack(languages=("sv",), words={"sv": swedish}, area=make_area())
    assert words.place_word("helsinki", pack, "fi") == "Helsingfors"
    assert words.place_word("vantaa", pack, "fi") == "Vantaa"
    with override("sv"):
        assert words.place_word("elsewhere", pack, "sv") == "någon annanstans"
        assert words.place_word("unsaid", pack, "sv") == "vill ej säga"


def test_a_language_that_is_chosen_already_stays_a_choice():
    typed = {**{name: getattr(Answers(), name) for name in ANSWERS}, "language": "yue"}
    question = asked.questions(typed, {}, make_pack(), "fi")["language"]
    assert [choice.value for choice in question.choices if choice.chosen] == ["yue"]


# ── Moments ──────────────────────────────────────────────────────────────────────────────────────────────────

NIGHT = at("2026-11-24T02:14")


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "ti 24.11. klo 02.14"), ("sv", "tis 24.11 kl. 02.14"), ("en", "Tue 24 Nov at 02:14")],
)
def test_a_day_and_an_hour_are_said_as_the_language_says_them(language, said):
    with override(language):
        assert moments.day_and_hour(NIGHT, HELSINKI) == said


def test_an_hour_of_this_day_is_said_alone():
    with override("fi"):
        assert moments.nearby(NIGHT, NIGHT + dt.timedelta(hours=21), HELSINKI) == "klo 02.14"
        assert moments.nearby(NIGHT, NIGHT + dt.timedelta(hours=22), HELSINKI) == "ti 24.11. klo 02.14"


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "00.00"), (-5, "00.00"), (402, "06.42"), (3600, "1.00.00"), (90061, "25.01.01")]
)
def test_a_length_is_in_minutes_and_in_hours_when_it_has_any(seconds, said):
    with override("fi"):
        assert moments.length(NIGHT, NIGHT + dt.timedelta(seconds=seconds)) == said
