"""Posts make rights: at their centre, while they are held, and nothing else."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from poukama.gate.rules import Permission
from poukama.staff.rules import GRANTS, Held, Role, actor

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
moments = st.integers(-3, 3).map(lambda hours: NOW + dt.timedelta(hours=hours))
posts = st.builds(Held, st.integers(1, 3), st.sampled_from(Role), moments, st.none() | moments)


def test_every_role_has_its_row_of_rights():
    assert set(GRANTS) == set(Role)


@given(st.lists(posts, max_size=6), st.sampled_from(Permission), st.integers(1, 3))
def test_a_member_may_what_a_post_held_now_at_that_centre_grants(held, permission, centre):
    granted = any(
        permission in GRANTS[post.role]
        for post in held
        if post.centre == centre and post.begins <= NOW and (post.ends is None or post.ends > NOW)
    )
    assert actor(1, held, NOW).may(permission, centre=centre) is granted


def test_a_post_ends_at_its_end_and_begins_at_its_beginning():
    post = Held(1, Role.MIDWIFE, NOW, NOW + dt.timedelta(hours=1))
    moments = [NOW + dt.timedelta(minutes=minutes) for minutes in (-1, 0, 59, 60)]
    assert [post.holds_at(at) for at in moments] == [False, True, True, False]
