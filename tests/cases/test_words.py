"""Every word of a case has a name in every language, and none of them blames or tells."""

import pytest
from django.utils.translation import override

from poukama.cases import told_words, words
from poukama.cases.need import Alert, GlassReason, Purpose, Verdict, Way
from poukama.cases.rules import (
    Arising,
    CloseReason,
    EntryKind,
    Ground,
    Kind,
    Listing,
    Present,
    Refusal,
    ReopenReason,
    State,
    Title,
    Whereto,
)
from poukama.cases.told import ABOUT, Said, Topic, Unfit
from poukama.cases.walls import Reach, Register, Section

LISTS = [
    (words.SECTION, Section),
    (words.REACH, Reach),
    (words.REGISTER, Register),
    (words.WAY, Way),
    (words.PURPOSE, Purpose),
    (words.GLASS_REASON, GlassReason),
    (words.VERDICT, Verdict),
    (words.ALERT, Alert),
    (words.KIND, Kind),
    (words.STATE, State),
    (words.LISTING, Listing),
    (words.ENTRY, EntryKind),
    (words.CLOSE_REASON, CloseReason),
    (words.REOPEN_REASON, ReopenReason),
    (words.PRESENT, Present),
    (words.WHERETO, Whereto),
    (words.TITLE, Title),
    (words.ARISING, Arising),
    (words.GROUND, Ground),
    (words.REFUSAL, Refusal),
    (told_words.TOPIC, Topic),
    (told_words.SAID, Said),
    (told_words.UNFIT, Unfit),
    (told_words.CODE, [code for about in ABOUT.values() for code in about.codes]),
]


@pytest.mark.parametrize(("labels", "kind"), LISTS, ids=lambda each: getattr(each, "__name__", ""))
def test_every_word_has_a_label_and_no_label_is_without_its_word(labels, kind):
    assert set(labels) == set(kind)


@pytest.mark.parametrize(("labels", "kind"), LISTS, ids=lambda each: getattr(each, "__name__", ""))
def test_every_label_is_said_in_finnish_and_in_swedish(labels, kind):
    said = {}
    for language in ("en", "fi", "sv"):
        with override(language):
            said[language] = [str(label) for label in labels.values()]
    for one, other in (("en", "fi"), ("en", "sv"), ("fi", "sv")):
        same = [label for label, again in zip(said[one], said[other], strict=True) if label == again]
        # What is the same in two languages is so by chance, as `alkohol` is not and `information` is.
        assert set(same) <= {"information", "temporary"}, (one, other)


def test_topics_of_one_list_are_told_apart():
    for language in ("fi", "sv"):
        with override(language):
            names = [str(name) for name in told_words.TOPIC.values()]
        assert len(names) == len(set(names))
