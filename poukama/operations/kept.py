"""What an installation keeps for itself in `var/`, readable only to its owner: passwords, keys, where its database is.

`make run` writes it; the command line finds the database by it. The web server never looks here: it is told.
"""

import base64
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path

from poukama.operations.environment import VAR


def kept_secrets(var: Path = VAR) -> dict[str, str]:
    """The secrets of this installation, made when first asked for."""
    path = var / "secrets.json"
    with suppress(FileNotFoundError):
        kept: dict[str, str] = json.loads(path.read_text())
        return kept
    kept = {name: secrets.token_urlsafe(32) for name in ("secret_key", "owner", "app")}
    _write(path, json.dumps(kept))
    return kept


def kept_keys(var: Path = VAR) -> dict[str, str]:
    """Where this installation's keys are, as the settings want to be told. The root key is made when first asked for.

    A practice version may keep them beside its database; a real service keeps them apart, and names them itself.
    """
    path = var / "root.key"
    if not path.exists():
        _write(path, base64.b64encode(secrets.token_bytes(32)).decode())
    return {
        "POUKAMA_ROOT_KEY_FILE": os.environ.get("POUKAMA_ROOT_KEY_FILE") or str(path),
        "POUKAMA_KEYS": os.environ.get("POUKAMA_KEYS") or str(var / "keys"),
    }


def keep_address(app: str, var: Path = VAR) -> None:
    """Keep where the database is, with the login of the role that owns nothing."""
    _write(var / "database", app)


def kept_address(var: Path = VAR) -> str | None:
    """Where the database is, None if nobody has started one here or it is somebody else's."""
    try:
        return (var / "database").read_text()
    except OSError:
        return None


def _write(path: Path, text: str) -> None:
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    half.rename(path)
