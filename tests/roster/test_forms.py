"""What is typed is read as people write it, and what cannot be read is named beside its field."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.utils.translation import override

from poukama.roster import forms
from poukama.roster.access import Person
from poukama.roster.rules import Duty, Problem, Refused, Span
from poukama.staff.models import Member
from tests.factories import HELSINKI, at
from tests.roster.planning import span

MAIJA = Person(Member(pk=1, login="maija", name="Maija"), frozenset({Duty.MIDWIFE}))
OUTI = Person(Member(pk=2, login="outi", name="Outi"), frozenset({Duty.MIDWIFE, Duty.CHAPLAIN}))
GIVEN = {"member": "1", "duty": "midwife", "begins_0": "2026-11-29", "ends_0": "2026-11-30"}


def filled(**given: Any) -> forms.AddForm:
    facts = {"key": str(uuid4()), **GIVEN, "begins_1": "22", "ends_1": "8", **given}
    return forms.AddForm(HELSINKI, [MAIJA, OUTI], facts)


@pytest.mark.parametrize("begins", ["22", "22.00", "22:00", "2200", " 22 "])
@pytest.mark.parametrize("ends", ["8", "08", "8.00", "0800"])
def test_a_time_is_read_as_people_write_it(begins, ends):
    form = filled(begins_1=begins, ends_1=ends)
    assert form.is_valid(), form.errors
    assert (form.span, form.person) == (span("2026-11-29T22:00", "2026-11-30T08:00"), MAIJA)


def test_a_day_may_end_at_twenty_four():
    form = filled(ends_0="2026-11-29", ends_1="24")
    assert form.is_valid(), form.errors
    assert form.span.ends == at("2026-11-30T00:00")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"begins_1": "25"}, "begins"),
        ({"begins_1": "24.01"}, "begins"),
        ({"begins_1": "8.60"}, "begins"),
        ({"begins_1": "eight"}, "begins"),
        ({"begins_1": "٨"}, "begins"),
        ({"begins_1": "\x00"}, "begins"),
        ({"begins_1": ""}, "begins"),
        ({"ends_0": ""}, "ends"),
        ({"ends_0": "30.11.2026"}, "ends"),
        ({"ends_0": "0001-01-01"}, "ends"),
        ({"ends_0": "9999-12-31"}, "ends"),
        ({"ends_0": "2026-11-29", "ends_1": "22"}, "ends"),
        ({"ends_0": "2026-11-28"}, "ends"),
        ({"member": "3"}, "member"),
        ({"member": ""}, "member"),
        ({"duty": "cook"}, "duty"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(given, field):
    form = filled(**given)
    assert not form.is_valid()
    assert list(form.errors) == [field]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_refusal_stands_beside_its_field_in_words(language):
    form = filled()
    assert form.is_valid()
    with override(language):
        form.refuse(Refused(Problem.OVERLAPS, "Outi", span("2026-11-29T22:00", "2026-11-29T23:00")))
        form.refuse(Refused(Problem.NOTHING_TO_COPY))
        assert "Outi" in form.errors["begins"][0]
        assert form.non_field_errors()


def test_the_second_of_a_doubled_hour_is_meant_where_the_form_began_with_it():
    second = dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)
    given = forms.walls(Span(second, at("2026-10-25T08:00")), HELSINKI)
    assert given["begins"] == dt.datetime(2026, 10, 25, 3, 30)  # noqa: DTZ001 - what the wall shows
    typed = {"begins_0": "2026-10-25", "begins_1": "3.30", "ends_0": "2026-10-25", "ends_1": "8"}
    with_it, without = filled(**typed, known=given["known"]), filled(**typed)
    assert with_it.is_valid()
    assert without.is_valid()
    assert (with_it.span.begins, without.span.begins) == (second, second - dt.timedelta(hours=1))


@pytest.mark.parametrize("text", ["", "now", "20261124T010000Z", "2026-11-24"])
def test_what_is_no_stamp_is_no_moment(text):
    assert forms.of_stamp(text) is None


def test_a_stamp_is_read_as_it_is_written():
    moment = at("2026-11-24T03:00")
    assert forms.of_stamp(forms.stamp(moment)) == moment


@pytest.mark.parametrize("text", ["", "2026-48", "2026-W60"])
def test_a_copy_names_two_weeks(text):
    assert not forms.CopyForm(HELSINKI, {"key": str(uuid4()), "source": "2026-W48", "target": text}).is_valid()
