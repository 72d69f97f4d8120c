"""Passwords that are quick to hash, static files without a server, and keys in a folder of their own."""

from collections.abc import Iterator

import pytest
from django.test import override_settings


@pytest.fixture(autouse=True)
def _quick(plain_static: None, tmp_path) -> Iterator[None]:
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers, KEYS=tmp_path / "keys"):
        yield
