"""One installation for the tests that only look into what it keeps."""

from collections.abc import Iterator

import pytest

from tests.operations.installation import Installation, installation


@pytest.fixture(scope="session")
def desk(tmp_path_factory) -> Iterator[Installation]:
    """With the demo, and two midwives who are signed in."""
    with installation(tmp_path_factory.mktemp("installation"), 2) as made:
        yield made
