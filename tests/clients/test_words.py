"""Every choice and every refusal has its words, in each language, and none says two things with one."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest
from django.utils.translation import override

from poukama.clients import consents, duties, hetu, identity, reach, rules, words

LABELS: dict[type[StrEnum], Mapping[Any, words.Words]] = {
    identity.Gender: words.GENDERS,
    identity.IdentifierKind: words.IDENTIFIERS,
    hetu.Fault: words.CODE_FAULTS,
    rules.NotJoinable: words.NOT_JOINABLE,
    reach.Channel: words.CHANNELS,
    reach.Answering: words.ANSWERING,
    reach.Closed: words.CLOSED,
    reach.Unusable: words.UNUSABLE,
    rules.Examiner: words.EXAMINERS,
    rules.Wish: words.WISHES,
    rules.Guardians: words.GUARDIANS,
    rules.Closeness: words.CLOSENESS,
    rules.Support: words.SUPPORT,
    rules.Relation: words.RELATIONS,
    consents.Purpose: words.PURPOSES,
    consents.Recipient: words.RECIPIENTS,
    consents.Answer: words.ANSWERS,
    consents.Given: words.GIVEN,
    consents.Capacity: words.CAPACITY,
    consents.Refusal: words.REFUSALS,
    consents.Unsound: words.UNSOUND,
    duties.Step: words.STEPS,
}


def test_every_enum_of_the_room_has_words():
    rooms = (consents, duties, hetu, identity, reach, rules)
    enums = {
        each
        for room in rooms
        for each in vars(room).values()
        if isinstance(each, type) and issubclass(each, StrEnum) and each.__module__ == room.__name__
    }
    # What a key is made of is never shown; why a record is destroyed is said on the command line alone.
    assert enums - {identity.Place, rules.DestroyedFor} == set(LABELS)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("enum", LABELS, ids=lambda enum: enum.__name__)
def test_each_member_has_words_of_its_own(enum, language):
    with override(language):
        said = [str(LABELS[enum][member]) for member in enum]
    assert len(set(said)) == len(said)
    assert all(said)
