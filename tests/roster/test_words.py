"""Times and outcomes in words, in the languages of the staff."""

import pytest
from django.utils.translation import override

from poukama.roster import words
from poukama.roster.access import Outcome
from poukama.roster.rules import Cover, Duty, Gap, Problem, Refused, Verb
from tests.factories import HELSINKI, at
from tests.roster.planning import NOW, span

EVENING, NIGHT = ("2026-11-29T22:00", "2026-11-30T00:00"), ("2026-11-29T22:30", "2026-11-30T08:00")
DAYS = ("2026-11-25T00:00", "2026-11-28T00:00")


@pytest.mark.parametrize(
    ("language", "time", "said"),
    [
        ("fi", EVENING, "su 29.11. klo 22–24"),
        ("sv", EVENING, "sön 29.11 kl. 22–24"),
        ("en", EVENING, "Sun 29 Nov 22:00–24:00"),
        ("fi", NIGHT, "su 29.11. klo 22.30 – ma 30.11. klo 8"),
        ("en", NIGHT, "Sun 29 Nov 22:30 – Mon 30 Nov 08:00"),
        ("fi", DAYS, "ke 25.11. – pe 27.11."),
        ("fi", (DAYS[0], "2026-11-26T00:00"), "ke 25.11."),
    ],
)
def test_a_time_is_said_as_people_say_it(language, time, said):
    with override(language):
        assert words.span_words(span(*time), HELSINKI) == said


@pytest.mark.parametrize(
    ("language", "said"), [("fi", "Lääkäri su 29.11. klo 22–24"), ("sv", "Läkare sön 29.11 kl. 22–24")]
)
def test_a_gap_says_its_duty_and_its_time(language, said):
    with override(language):
        assert words.gap_words(Gap(Duty.DOCTOR, *map(at, EVENING)), HELSINKI) == said


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2026-11-24T08:00", "klo 8 asti"),
        ("2026-11-25T00:00", "klo 24 asti"),
        ("2026-11-25T08:30", "ke 25.11. klo 8.30 asti"),
    ],
)
def test_until_when_somebody_is_on_names_the_day_where_it_is_another(until, said):
    with override("fi"):
        assert words.until_words(Cover("doctor", "Laine", "", at(until)), HELSINKI, NOW) == said


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("problem", Problem)
def test_every_refusal_has_words(language, problem):
    with override(language):
        said = words.problem_words(Refused(problem, "Outi", span(*EVENING)), HELSINKI)
    assert said
    assert "%(" not in said


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("verb", Verb)
def test_every_outcome_has_words(language, verb):
    with override(language):
        plain, full = (words.outcome_words(Outcome(verb, *numbers)) for numbers in ((2, 0, 0), (1, 2, 3)))
    assert plain
    assert (full != plain) is (verb in {Verb.COPIED, Verb.AWAY})


@pytest.mark.parametrize(("hours", "said"), [((0, 12), "12"), ((0, 12.5), "12,5")])
def test_hours_are_whole_or_have_one_decimal(hours, said):
    length = (at("2026-11-24T12:30") if hours[1] == 12.5 else at("2026-11-24T12:00")) - at("2026-11-24T00:00")
    with override("fi"):
        assert words.hours_words(length) == said
