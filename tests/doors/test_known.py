"""What may be known, and what an interval of ages says of a limit."""

from dataclasses import fields

import pytest

from poukama.doors.known import ANY_AGE, Age, Contradiction, Known, NotKnowable, Want


@pytest.mark.parametrize(
    ("age", "surely_under_16", "perhaps_under_16"),
    [
        (Age(15, 15), True, True),
        (Age(0, 15), True, True),
        (Age(15, 16), False, True),
        (Age(16, 16), False, False),
        (Age(16, 17), False, False),
        (Age(15), False, True),
        (Age(18), False, False),
        (ANY_AGE, False, True),
    ],
)
def test_an_interval_of_ages_lies_under_a_limit_surely_or_perhaps(age, surely_under_16, perhaps_under_16):
    assert age.surely_under(16) is surely_under_16
    assert age.perhaps_under(16) is perhaps_under_16


def test_nothing_known_to_be_wanted_counts_as_care():
    assert Known().wanted == {Want.CARE}
    assert Known(wants=frozenset({Want.TALK})).wanted == {Want.TALK}


def test_neither_gender_nor_a_police_report_can_be_known():
    names = {field.name for field in fields(Known)}
    assert names == {
        "in_danger", "signs", "age", "event", "asker", "wants", "lives", "happened", "infection",
    }  # fmt: skip
    assert not {name for name in names if "gender" in name or "sex" in name or "police" in name or "report" in name}


def test_a_contradiction_says_which_it_is():
    assert NotKnowable(Contradiction.AFTER_NOW).contradiction is Contradiction.AFTER_NOW
