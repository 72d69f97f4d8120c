"""The catalogues, compiled, as set-up leaves them."""

import pytest

from poukama.core.catalogues import compile_all


@pytest.fixture(autouse=True, scope="session")
def _compiled() -> None:
    compile_all()
