"""An answer in words: true in each language, with the place, the number as people dial it, and no blame."""

from dataclasses import replace
from pathlib import Path

import pytest

from poukama.centres.pack import read_pack
from poukama.centres.rules import PlaceKind
from poukama.core import phones
from poukama.doors.known import ANY_AGE, Age, Answer, Asker, Door
from poukama.doors.words import Shown, paragraph, shown_places
from poukama.protocols.files import read_windows
from tests.doors.asking import OPEN, ask, event, signs, wants
from tests.factories import make_line, make_pack, make_place, make_words

CENTRES = Path(__file__).parents[2] / "centres"
PACKS = {code: read_pack(CENTRES / code) for code in ("helsinki", "satama", "laakso")}
WINDOWS = {code: read_windows(CENTRES / code) for code in PACKS}
QUESTIONS = [
    {"in_danger": Answer.YES, "signs": signs("suicidal")},
    {"age": Age(0, 12)},
    {"age": Age(14, 14)},
    {"signs": signs("injury", "suicidal")},
    {"event": event(1000, 900)},
    {"lives": "turku", "happened": "turku", "asker": Asker.CLOSE_PERSON},
    {"age": ANY_AGE, "asker": Asker.PROFESSIONAL},
    {"age": ANY_AGE, "moment": OPEN},
    {"wants": wants("talk")},
    {"moment": OPEN, "age": Age(16, 17), "infection": Answer.YES},
    {"moment": OPEN, "signs": signs("suicidal")},
    {},
    {"on_call": frozenset()},
    {"asker": Asker.PROFESSIONAL, "on_call": frozenset()},
    {"event": event(200, 100)},
    {"event": event(200, 100), "infection": Answer.YES},
]
EVERY = [
    (code, language, question) for code, pack in PACKS.items() for language in pack.languages for question in QUESTIONS
]
# UX 2: what is never said to a client.
BLAME = ["väitet", "olisi pitänyt", "miksi", "alleged", "should have", "påstå", "uhri", "offer ", "victim", "too late"]
POLICE = ["poliisi", "rikosilmoitu", "polis", "anmäl", "anmelde", "police"]


def said(code: str, language: str, **question) -> str:
    return paragraph(ask(PACKS[code], windows=WINDOWS[code], **question), PACKS[code], language)


@pytest.mark.parametrize(("code", "language", "question"), EVERY)
def test_every_answer_says_its_number_and_its_places_and_nothing_that_blames(code, language, question):
    pack = PACKS[code]
    found = ask(pack, windows=WINDOWS[code], **question)
    text = paragraph(found, pack, language)
    assert phones.shown(found.phone, pack.country) in text
    if language != "nb":
        for place in found.places:
            assert pack.words[language].get(f"places.{place.code}.name") in text
            assert pack.words[language].get(f"places.{place.code}.address") in text
    assert not [word for word in BLAME if word in text.casefold()]
    assert not [mark for mark in ("  ", "{", "}", "%", "&", "!", " .", " ,", "..") if mark in text]


@pytest.mark.parametrize(("code", "language", "question"), EVERY)
def test_the_police_are_a_choice_only_for_those_who_are_known_to_have_it(code, language, question):
    found = ask(PACKS[code], windows=WINDOWS[code], **question)
    if "police_optional" not in found.notes:
        text = paragraph(found, PACKS[code], language).casefold()
        assert not [word for word in POLICE if word in text]


def test_at_night_those_on_call_see_the_person():
    assert said("helsinki", "fi") == (
        "Sinut otetaan vastaan nyt, vaikka keskus on kiinni. Tule tänne: Naistenklinikan päivystys. "
        "Soita ensin: 040 701 8446 (Seri-tukikeskuksen päivystyspuhelin). "
        "Puhelimessa sinut neuvotaan oikeaan paikkaan. "
        "Sinä päätät, teetkö rikosilmoituksen. "
        "Jos olet jo peseytynyt tai vaihtanut vaatteet, tule silti. Et ole tehnyt mitään väärin."
    )


def test_in_danger_one_thing_is_said():
    assert said("helsinki", "sv", in_danger=Answer.YES) == (
        "Ring genast 112. Du kan också ringa 040 701 8446 (Seri-stödcentrets jourtelefon)."
    )


@pytest.mark.parametrize(
    ("language", "opens"),
    [
        ("fi", "Se avautuu tiistaina 24. marraskuuta klo 8.00: "),
        ("sv", "Det öppnar tisdagen den 24 november kl. 8.00: "),
        ("en", "It opens on Tuesday 24 November at 8:00: "),
    ],
)
def test_the_next_opening_is_told_in_the_languages_own_way(language, opens):
    assert opens in said("helsinki", language, event=event(200, 100))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"signs": signs("suicidal")}, "stay on the line. If you are in danger, call 112."),
        ({"age": Age(16, 17)}, "If you are under 18, we have to tell the authorities."),
        ({}, "You decide whether to report to the police."),
        ({}, "come anyway. You have done nothing wrong."),
        ({"asker": Asker.CLOSE_PERSON}, "believe, listen, and let them decide."),
        ({"infection": Answer.YES, "moment": OPEN}, "Call first: 040 701 8446"),
        ({"infection": Answer.YES, "event": event(200, 100)}, "Call before you come."),
        ({"on_call": frozenset()}, "They find out who will see you, and where."),
        ({"age": ANY_AGE}, "The right place depends on age."),
    ],
)
def test_a_note_that_matters_to_the_person_is_said(question, sentence):
    assert sentence in said("helsinki", "en", **question)


def test_a_referral_is_said_where_that_is_what_is_wanting():
    assert "Ammattilainen voi ohjata sinut keskukseen." in said("satama", "fi", age=Age(14, 14))


@pytest.mark.parametrize("question", [{"lives": "turku", "happened": "turku"}, {"event": event(1000, 900)}])
def test_who_is_not_to_come_is_not_told_how_to(question):
    text = said("helsinki", "en", infection=Answer.YES, **question)
    assert "come" not in text
    assert "Call first" not in text


def test_a_door_with_its_own_number_does_not_promise_to_find_the_place():
    text = said("satama", "en", signs=signs("injury"))
    assert "Call first: 040 000 0002." in text
    assert "find" not in text


def test_later_services_show_each_number_of_their_own():
    text = said("satama", "en", event=event(1000, 900), moment=OPEN)
    assert "050 000 0002" in text
    assert "Call 116 117." in text


def test_a_language_that_we_do_not_speak_has_the_packs_own_words():
    text = said("laakso", "nb")
    assert text.startswith("Laakso støttesenter, Elveveien 3, inngang 2 åpner tirsdag 24. november 08:00.")
    assert "Kom uansett" in text


def test_a_language_without_a_calendar_tells_the_day_in_english():
    words = make_words("xx", doors__centre_next="Opens {opens}.")
    pack = make_pack(languages=("xx",), words={"xx": words})
    assert paragraph(ask(pack, event=event(200, 100)), pack, "xx") == "Opens Tuesday November 24 8:00\u202fAM."


def test_a_centre_that_never_opens_again_says_no_hour():
    pack = make_pack(places=(make_place("centre", PlaceKind.CENTRE, "off"),))
    text = paragraph(ask(pack, event=event(200, 100)), pack, "en")
    assert text.startswith("The centre is closed now. You can call now: 040 000 0000 (helpline).")


# ── Places ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("question", "language", "shown"),
    [
        ({"in_danger": Answer.YES}, "fi", [Shown("Hätänumero", None, "112")]),
        ({"in_danger": Answer.YES}, "sv", [Shown("Nödnumret", None, "112")]),
        ({"wants": wants("talk")}, "en", [Shown("Helpline of the Seri Support Centre", None, "+358407018446")]),
        ({}, "en", [Shown("Emergency Services of the Women's Hospital", None, None)]),
    ],
)
def test_a_door_is_shown_as_people_read_it(question, language, shown):
    assert list(shown_places(ask(PACKS["helsinki"], **question), PACKS["helsinki"], language)) == shown


def test_the_emergency_number_is_its_own_name_where_we_have_no_word_for_it():
    laakso = PACKS["laakso"]
    assert shown_places(ask(laakso, in_danger=Answer.YES), laakso, "nb") == (Shown("113", None, "113"),)


def test_a_door_without_any_place_is_the_line():
    pack = make_pack(places=(), lines=(make_line("night"),))
    found = ask(pack, signs=signs("injury"))
    assert found.door is Door.MEDICAL_NOW
    assert shown_places(found, pack, "en") == (Shown("night", None, "+358400000000"),)


def test_the_full_address_of_the_centre_is_shown():
    shown = shown_places(ask(PACKS["helsinki"], OPEN), PACKS["helsinki"], "en")
    assert "Entrance K, 1st floor, Haartmaninkatu 2, 00290 Helsinki" in str(shown[0].address)


@pytest.mark.parametrize(
    ("phone", "country", "shown"),
    [
        ("+358407018446", "FI", "040 701 8446"),
        ("+358407018446", "NO", "+358 40 701 8446"),
        ("112", "FI", "112"),
        ("116117", "FI", "116 117"),
    ],
)
def test_a_number_is_shown_as_people_in_the_country_dial_it(phone, country, shown):
    assert phones.shown(phone, country) == shown


def test_places_with_neither_name_nor_address_show_their_code():
    pack = replace(make_pack(), places=(make_place("harbour", PlaceKind.EMERGENCY),))
    assert shown_places(ask(pack, signs=signs("injury")), pack, "en") == (Shown("harbour", None, None),)
