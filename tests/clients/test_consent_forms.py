"""Answers are read as they were given; none is chosen beforehand, and none is needed."""

from uuid import uuid4

import pytest

from poukama.clients.consent_forms import AnswerForm, DisclosureForm, LedgerForm
from poukama.clients.consents import Answer, Capacity, Entry, Given
from poukama.clients.held import asked_at
from tests.clients.saying import HELSINKI, NOW, RELEASE, WORDING, make_entry
from tests.factories import at

KEY = {"key": str(uuid4())}


def test_an_answer_is_read_as_it_was_given():
    form = AnswerForm(
        {
            **KEY,
            "answer": "yes",
            "interpreter_name": "Irina",
            "ends": "24.11.2026",
            "own_words": "Joo",
            "given": "signed",
        }
    )
    assert form.is_valid(), form.errors
    assert form.entry(RELEASE, WORDING, HELSINKI, NOW) == make_entry(
        Answer.YES,
        interpreter=True,
        interpreter_name="Irina",
        said_at=NOW,
        own_words="Joo",
        ends=at("2026-11-25T00:00"),
        given=Given.SIGNED,
    )


def test_no_answer_is_chosen_beforehand():
    assert AnswerForm()["answer"].value() is None
    assert list(AnswerForm(KEY).errors) == ["answer"]


def test_somebody_who_cannot_decide_now_says_no_or_not_now():
    refused = AnswerForm({**KEY, "answer": "yes", "capacity": "not_now"})
    assert list(refused.errors) == ["capacity"]
    taken = AnswerForm({**KEY, "answer": "not_now", "capacity": "not_now"})
    assert taken.is_valid()
    entry: Entry = taken.entry(RELEASE, WORDING, HELSINKI, NOW)
    assert (entry.answer, entry.capacity) == (Answer.NOT_NOW, Capacity.NOT_NOW)


def test_what_is_handed_over_is_said():
    assert list(DisclosureForm(KEY).errors) == ["what"]
    assert DisclosureForm({**KEY, "what": "Lausunto"}).is_valid()


# ── All at once ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def asked(centre):
    return asked_at(centre)


def ledger_form(asked, standing=(), **typed):
    held = dict(standing)
    was = {f"initial-answer_{each.code}": held.get(each.act, Answer.NOT_ASKED).value for each in asked}
    return LedgerForm(asked, held, {**KEY, **was, **typed})


def test_only_what_was_changed_is_answered(asked):
    form = ledger_form(asked, answer_mouth="yes", answer_release="not_now", answer_skin="not_asked")
    assert form.is_valid(), form.errors
    assert {each.code: answer for each, answer in form.answered()} == {
        "mouth": Answer.YES,
        "release": Answer.NOT_NOW,
    }


def test_what_stands_already_is_not_answered_again_and_cannot_be_unasked(asked):
    standing = {each.act: Answer.YES for each in asked if each.code == "mouth"}
    same = ledger_form(asked, standing.items(), answer_mouth="yes")
    assert same.is_valid()
    assert list(same.answered()) == []
    assert list(ledger_form(asked, standing.items(), answer_mouth="not_asked").errors) == ["answer_mouth"]


def test_no_yes_of_many_is_taken_from_somebody_who_cannot_decide(asked):
    assert list(ledger_form(asked, answer_mouth="yes", capacity="not_now").errors) == ["capacity"]
    assert ledger_form(asked, answer_mouth="no", capacity="not_now").is_valid()


def test_an_empty_form_is_fine_and_says_nothing(asked):
    form = ledger_form(asked)
    assert form.is_valid()
    assert list(form.answered()) == []


def test_each_answer_has_the_way_that_all_were_given(asked):
    form = ledger_form(asked, answer_mouth="yes", given="signed", interpreted="on")
    assert form.is_valid()
    ((each, answer),) = form.answered()
    wording = each.wording(each.in_language("sv"))
    entry = form.entry(each.act, answer, wording, NOW)
    assert (entry.given, entry.interpreter, entry.wording.language) == (Given.SIGNED, True, "sv")
