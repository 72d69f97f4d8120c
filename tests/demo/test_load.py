"""What the practice version starts with."""

import datetime as dt

import pytest

from demo.load import load
from poukama.centres import access

AT = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_the_demo_is_the_invented_centres_and_no_real_one():
    load(AT)
    assert [centre.code for centre in access.list_centres()] == ["laakso", "satama"]


@pytest.mark.django_db
def test_loading_it_again_adds_nothing():
    assert load(AT) == load(AT + dt.timedelta(days=1))
