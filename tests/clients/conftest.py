"""A centre, and somebody on staff there."""

import pytest

from poukama.centres.models import Centre
from poukama.gate.rules import Actor
from tests.clients.saying import make_actor
from tests.people import make_centre


@pytest.fixture
def centre(db) -> Centre:
    return make_centre()


@pytest.fixture
def by(centre) -> Actor:
    """The midwife-coordinator."""
    return make_actor(centre=centre)
