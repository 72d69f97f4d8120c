"""Every choice has a word, in each language."""

import pytest
from django.utils.translation import override

from poukama.doors.known import Asker, Door, Reason, Want
from poukama.doors.rules import RULES
from poukama.helpline import asked, words
from poukama.helpline.answers import ANSWERS, WORDS, Answers, Channel, Fault, Hurt, SafeContact, SafeNow, Said, When
from poukama.helpline.rules import ArrivalState, Means, Option, Outcome, Reached, Refusal
from poukama.staff.rules import Role
from tests.factories import make_area, make_pack, make_words

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
