"""The secrets of second steps, sealed: allauth asks these where it writes or reads one.

It does not say whose secret it has in hand, so whoever calls it does. A secret in another member's row does not open.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID, uuid5

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter

from poukama.core import vault
from poukama.staff.models import Member

# Members belong to no centre, and so do their secrets.
_INSTALLATION = 0
_MEMBERS = UUID("5b7b3a8e-2f4e-5c55-9d0b-6a0c2f1d7e11")
_whose: ContextVar[Member] = ContextVar("whose")


def record_of(member: Member) -> UUID:
    """The record that a member's secrets are sealed in."""
    return uuid5(_MEMBERS, f"member:{member.pk}")


@contextmanager
def secrets_of(member: Member) -> Iterator[None]:
    """Within this, what allauth seals and unseals is this member's. Without it nothing is sealed and nothing opens."""
    token = _whose.set(member)
    try:
        yield
    finally:
        _whose.reset(token)


def seal(member: Member, text: str, place: str) -> str:
    """A member's secret, sealed, as text. The member's key is made when first needed."""
    record = record_of(member)
    vault.make_key(_INSTALLATION, record)
    return base64.b64encode(vault.seal(text, centre=_INSTALLATION, record=record, place=place)).decode()


def unseal(member: Member, sealed: str, place: str) -> str:
    """The secret again. Raises Unreadable for another member's, or one sealed for another place."""
    return vault.unseal(base64.b64decode(sealed), centre=_INSTALLATION, record=record_of(member), place=place)


class SealedSecrets(DefaultMFAAdapter):
    """allauth's own, with sealed secrets."""

    PLACE = "mfa_authenticator.data"

    def encrypt(self, text: str) -> str:
        """Seal a secret of whoever `secrets_of` names."""
        return seal(_whose.get(), text, self.PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        """Unseal it again."""
        return unseal(_whose.get(), encrypted_text, self.PLACE)

    def get_public_key_credential_user_entity(self, member: Member) -> dict[str, object]:
        """What a passkey says of its owner, on the owner's own device."""
        return {"id": user_pk_to_url_str(member).encode(), "display_name": member.name, "name": member.login}

    def _get_site_name(self) -> str:
        return "Poukama"
