"""What tests of pages need: static files by their plain names, and texts in every language."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from poukama.core import catalogues


@pytest.fixture(scope="session", autouse=True)
def _compiled_texts() -> None:
    catalogues.compile_all()


@pytest.fixture
def plain_static(tmp_path) -> Iterator[None]:
    storages = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        yield
