"""Who may do what, and where."""

import pytest

from poukama.gate.rules import INSTALLATION, NOBODY, OPERATOR, Actor, Permission

READ, LOAD = Permission.TRAIL_READ, Permission.CENTRE_LOAD
READER_AT_1 = Actor("member:1", {1: frozenset({READ}), 3: frozenset()})


@pytest.mark.parametrize(
    ("actor", "permission", "centre", "may"),
    [
        (READER_AT_1, READ, 1, True),
        (READER_AT_1, LOAD, 1, False),
        (READER_AT_1, READ, 2, False),
        (READER_AT_1, READ, 3, False),
        (READER_AT_1, READ, INSTALLATION.centre_id, False),
        (OPERATOR, LOAD, INSTALLATION.centre_id, True),
        (OPERATOR, READ, 99, True),
        (NOBODY, READ, 1, False),
    ],
)
def test_a_permission_holds_where_it_was_given(actor, permission, centre, may):
    assert actor.may(permission, centre=centre) is may


def test_a_page_opens_to_whoever_holds_its_permission_anywhere():
    assert READER_AT_1.may_somewhere(READ)
    assert not READER_AT_1.may_somewhere(LOAD)
    assert OPERATOR.may_somewhere(LOAD)
    assert not NOBODY.may_somewhere(READ)


def test_a_centre_where_nothing_may_be_done_does_not_exist():
    assert READER_AT_1.belongs_to(1)
    assert not READER_AT_1.belongs_to(2)
    assert not READER_AT_1.belongs_to(3)
    assert OPERATOR.belongs_to(2)
    assert not NOBODY.belongs_to(1)
