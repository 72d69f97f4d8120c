"""One night at a centre that has a sampling protocol."""

import pytest

from poukama.centres.models import Centre
from tests.cases.conftest import at_night, case, kaisa, maija
from tests.people import make_centre

__all__ = ["at_night", "case", "kaisa", "maija"]


@pytest.fixture
def centre(db) -> Centre:
    """The centre, whose pack has a protocol."""
    return make_centre("helsinki")
