"""The installation's signature (Ed25519): whoever has the public key can check it, and needs nothing else of ours.

The private key is a file beside the centres' keys, wrapped by the root key.
"""

import base64
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from poukama.core import keys
from poukama.core.files import keep, replace

_PLACE = "signing"


def sign(content: bytes) -> bytes:
    """The signature under some bytes."""
    return _private_key().sign(content)


def public_key() -> str:
    """The key to check a signature by, in base64: it may be known to everybody."""
    return base64.b64encode(_private_key().public_key().public_bytes_raw()).decode()


def renew_root() -> None:
    """Wrap the private key by the first of the root keys."""
    private = _private_key().private_bytes_raw()
    replace(_path(), keys.wrap(keys.root_keys()[0], private, _PLACE))


def _private_key() -> Ed25519PrivateKey:
    path = _path()
    if not path.exists():
        keep(path, keys.wrap(keys.root_keys()[0], Ed25519PrivateKey.generate().private_bytes_raw(), _PLACE))
    return Ed25519PrivateKey.from_private_bytes(keys.unwrapped_by_root(path.read_bytes(), _PLACE))


def _path() -> Path:
    return Path(settings.KEYS) / "signing.key"
