"""The sentences to say: in the caller's language where we have it, whole, and never a question of what happened."""

import re

import pytest
from django.utils.translation import override

from poukama.helpline.phrases import SENTENCES, sentences
from poukama.helpline.rules import Phrase

GIVEN = {"emergency": "112", "duty": 18}
SPOKEN = ("fi", "sv", "en")
# What is not asked on the telephone, by words that such a question would have in one of the languages.
NEVER = re.compile(
    r"\b(why|wear|wore|drink|drank|drunk|resist|fight|who did|his name|her name|your name\?|identity|police\?|"
    r"miksi|päällä|juonut|joit|vastustit|kuka teki|henkilötunnus|"
    r"varför|klädd|druckit|drack|motstånd|vem gjorde|personnummer|personbeteckning)",
    re.IGNORECASE,
)


def said(caller, reader="fi", phrases=tuple(Phrase)):
    return sentences(phrases, caller, reader, GIVEN)


def test_there_is_a_sentence_for_every_phrase():
    assert SENTENCES.keys() == set(Phrase)


@pytest.mark.parametrize("language", SPOKEN)
def test_the_caller_hears_their_own_language_whatever_the_midwife_reads(language):
    for reader in SPOKEN:
        assert {sentence.language for sentence in said(language, reader)} == {language}
        assert [sentence.text for sentence in said(language, reader)] == [sentence.text for sentence in said(language)]


def test_the_three_languages_say_it_differently():
    texts = [{sentence.text for sentence in said(language)} for language in SPOKEN]
    assert not texts[0] & texts[1]
    assert not texts[0] & texts[2]
    assert not texts[1] & texts[2]


@pytest.mark.parametrize("caller", ["ar", "so", "", "unknown"])
def test_whoever_speaks_another_language_gets_the_readers_which_is_marked(caller):
    assert {sentence.language for sentence in said(caller, "sv")} == {"sv"}


@pytest.mark.parametrize("language", SPOKEN)
def test_every_sentence_is_whole(language):
    for sentence in said(language):
        assert re.fullmatch(r"[A-ZÅÄÖ].*[.?]", sentence.text), sentence
        assert "%(" not in sentence.text


@pytest.mark.parametrize("language", SPOKEN)
def test_no_sentence_asks_what_is_not_asked_on_the_telephone(language):
    assert [sentence.text for sentence in said(language) if NEVER.search(sentence.text)] == []


@pytest.mark.parametrize("question", ["Why did you go?", "Mitä sinulla oli päällä?", "Varför ringer du först nu?"])
def test_a_question_of_that_kind_would_be_seen(question):
    assert NEVER.search(question)


@pytest.mark.parametrize("language", SPOKEN)
def test_the_duty_names_the_age_of_the_pack_and_comes_before_the_story(language):
    [duty] = said(language, phrases=[Phrase.DUTY])
    assert "18" in duty.text
    assert duty.text.startswith(("Before", "Ennen", "Innan"))


def test_a_sentence_is_chosen_when_it_is_said_and_not_before():
    with override("fi"):
        swedish = said("sv")
    assert swedish[0].text == "Tack för att du ringde. Du bestämmer själv hur mycket du berättar."
