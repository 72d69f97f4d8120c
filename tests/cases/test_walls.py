"""The walls, cell by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.cases.walls import (
    KEEPS,
    REGISTERS,
    SILENT,
    WALLS,
    Reach,
    Register,
    Section,
    Standpoint,
    may_hold_words,
    printed,
    reach,
    reads_note,
    sections,
    view,
)
from poukama.staff.rules import Role

# What the coordinator signs, written out once more and by hand: N nothing, K knows that it exists, R reads, W writes.
SIGNED = """
                         ident story health foren psych socia pasto legal stats
midwife_coordinator      W     W     W      R     K     R     K     W     W
midwife                  W     W     W      W     K     R     K     W     W
doctor                   W     W     W      W     K     K     K     W     W
psychologist             W     W     W      K     W     R     K     R     K
social_worker            W     R     K      K     K     W     K     W     K
chaplain                 R     N     N      N     N     N     W     N     N
sample_keeper            N     N     N      K     N     N     N     K     N
manager                  N     N     N      N     N     N     N     N     R
national_statistician    N     N     N      N     N     N     N     N     R
administrator            N     N     N      N     N     N     N     N     N
privacy_officer          K     K     K      K     K     K     K     K     K
"""
LETTERS = {"N": Reach.NOTHING, "K": Reach.KNOWS, "R": Reach.READS, "W": Reach.WRITES}
HEAD, *ROWS = [line.split() for line in SIGNED.strip().splitlines()]
CELLS = [
    (Role(role), section, LETTERS[letter]) for role, *row in ROWS for section, letter in zip(Section, row, strict=True)
]
roles = st.frozensets(st.sampled_from(Role), max_size=4)
standpoints = st.builds(Standpoint, roles, roles, st.booleans())


def alone(role, **known):
    return Standpoint(frozenset({role}), **known)


@pytest.mark.parametrize(("role", "section", "expected"), CELLS)
def test_a_role_gets_as_far_as_the_signed_table_says_when_the_registers_may_read_each_other(role, section, expected):
    assert reach(section, alone(role, joined=True)) is expected


@pytest.mark.parametrize(("role", "section", "expected"), CELLS)
def test_until_then_what_another_register_keeps_is_only_known_to_exist(role, section, expected):
    across = REGISTERS[section] not in (Register.COMMON, KEEPS.get(role))
    assert reach(section, alone(role)) is (min(expected, Reach.KNOWS) if across else expected)


def test_the_table_has_every_role_and_every_section():
    assert {(role, section) for role, section, _ in CELLS} == {(role, section) for role in Role for section in Section}
    assert WALLS.keys() == set(Role)
    assert REGISTERS.keys() == set(Section)


def test_the_printed_table_is_the_one_that_holds():
    assert [(str(role), *(each.name[0] for each in row)) for role, row in printed()] == [tuple(row) for row in ROWS]


def test_every_section_is_written_by_somebody():
    assert {section for role in Role for section in sections(WALLS[role], Reach.WRITES)} == set(Section)


@given(standpoints, st.sampled_from(Section))
def test_nobody_writes_into_a_register_that_none_of_their_roles_keeps(standpoint, section):
    kept = {KEEPS.get(role) for role in standpoint.roles} | {Register.COMMON}
    assert reach(section, standpoint) < Reach.WRITES or REGISTERS[section] in kept


@given(standpoints)
def test_whoever_writes_the_statement_never_reads_what_was_said_in_therapy(standpoint):
    if Role.DOCTOR in standpoint.roles | standpoint.has_been:
        assert reach(Section.PSYCHOLOGICAL, standpoint) <= Reach.KNOWS


@given(standpoints, roles, st.sampled_from(Section))
def test_another_role_takes_nothing_away_but_what_the_statement_takes(standpoint, more, section):
    wider = Standpoint(standpoint.roles | more, standpoint.has_been, standpoint.joined)
    if section is not Section.PSYCHOLOGICAL or not wider.writes_the_statement:
        assert reach(section, wider) >= reach(section, standpoint)


@given(roles, roles, st.sampled_from(Section))
def test_joining_the_registers_lets_more_be_read_and_nothing_more_be_written(held, been, section):
    apart, joined = (reach(section, Standpoint(held, been, flag)) for flag in (False, True))
    assert apart <= joined
    assert (apart is Reach.WRITES) is (joined is Reach.WRITES)


def test_somebody_without_a_role_gets_nowhere():
    assert set(view(Standpoint(frozenset(), joined=True)).values()) == {Reach.NOTHING}


@pytest.mark.parametrize(
    ("found", "private", "own", "read"),
    [
        (Reach.KNOWS, False, True, False),
        (Reach.READS, False, False, True),
        (Reach.READS, True, False, False),
        (Reach.WRITES, True, False, False),
        (Reach.WRITES, True, True, True),
    ],
)
def test_a_private_note_is_read_by_whoever_wrote_it_and_nobody_else(found, private, own, read):
    assert reads_note(found, private=private, own=own) is read


@pytest.mark.parametrize("section", Section)
def test_only_the_chaplain_says_nothing_unless_asked(section):
    assert may_hold_words(section, asked=True)
    assert may_hold_words(section, asked=False) is (section not in SILENT) is (section is not Section.PASTORAL)
