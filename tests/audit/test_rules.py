"""A trail that was tampered with says so, to anyone who has only an export."""

import dataclasses
import datetime as dt

import pytest

from poukama.audit.rules import Line, seal, verify

AT = dt.datetime(2026, 3, 29, 1, 0, 0, 123456, tzinfo=dt.UTC)


def line(number, before, *, centre=7, event="case.viewed"):
    bare = Line(centre, number, AT, event, "member:3", f"cases.case:{number}", before, b"")
    return dataclasses.replace(bare, seal=seal(bare))


def chain(length, *, centre=7):
    lines: list[Line] = []
    for number in range(1, length + 1):
        lines.append(line(number, lines[-1].seal if lines else b"", centre=centre))
    return lines


@pytest.mark.parametrize("length", [0, 1, 6])
def test_a_whole_chain_has_no_broken_line(length):
    assert verify(chain(length)) is None


@pytest.mark.parametrize("at", range(6))
@pytest.mark.parametrize(
    "change",
    [
        {"event": "case.opened"},
        {"actor": "member:4"},
        {"target": "cases.case:99"},
        {"at": AT + dt.timedelta(microseconds=1)},
        {"centre": 8},
        {"count": 0},
        {"number": 17},
        {"before": b"another"},
        {"seal": b"another"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_line_is_found(at, change):
    lines = chain(6)
    lines[at] = dataclasses.replace(lines[at], **change)
    # Where only the centre of the very first line is changed, its own seal no longer fits.
    assert verify(lines) == lines[at]


@pytest.mark.parametrize("at", range(5))
def test_a_line_left_out_is_found_at_the_line_after_it(at):
    lines = chain(6)
    after = lines[at + 1]
    del lines[at]
    assert verify(lines) == after


@pytest.mark.parametrize("at", range(5))
def test_two_lines_that_changed_places_are_found(at):
    lines = chain(6)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    assert verify(lines) == lines[at]


@pytest.mark.parametrize("at", range(6))
def test_a_line_slipped_in_is_found_even_with_a_seal_of_its_own(at):
    lines = chain(6)
    forged = line(at + 1, lines[at - 1].seal if at else b"", event="case.printed")
    old = lines[at]
    lines.insert(at, forged)
    # The forgery itself is well made; what it pushed aside no longer fits.
    assert verify(lines) == old


@pytest.mark.parametrize("at", range(5))
def test_a_line_rewritten_with_its_seal_is_found_at_the_line_after_it(at):
    lines = chain(6)
    lines[at] = line(at + 1, lines[at].before, event="case.printed")
    assert verify(lines) == lines[at + 1]


def test_another_centres_line_does_not_fit():
    stranger = chain(3, centre=8)[2]
    assert verify([*chain(2), stranger]) == stranger


def test_lines_taken_off_the_end_leave_a_whole_chain_that_ends_in_another_seal():
    whole = chain(6)
    assert verify(whole[:4]) is None
    assert whole[3].seal != whole[5].seal


def test_a_count_is_sealed_and_a_line_without_one_is_sealed_as_it_always_was():
    bare = line(1, b"")
    assert bare.seal.hex() == "eee85443ce98e9a473bf9548878d658bb3ce8772657a17ae742415e1713fedce"
    counted = [dataclasses.replace(bare, count=count) for count in (None, 0, 1, 12)]
    assert len({seal(each) for each in counted}) == 4
