"""Sealing and opening what was told: each text with the contact's own key, bound to its table, column and row."""

from poukama.core import vault
from poukama.helpline.answers import WORDS, Words
from poukama.helpline.models import Contact


def put(contact: Contact, name: str, text: str) -> None:
    """Set a sealed column of a contact that has its key."""
    setattr(contact, name, vault.seal(text, centre=contact.centre_id, record=contact.pk, place=_place(name)))


def text_of(contact: Contact, name: str) -> str:
    """The text of one sealed column. Raises Unreadable for a contact whose key is destroyed."""
    sealed = bytes(getattr(contact, name))
    return vault.unseal(sealed, centre=contact.centre_id, record=contact.pk, place=_place(name))


def words_of(contact: Contact) -> Words:
    """All that was told, in words."""
    return Words(**{name: text_of(contact, name) for name in WORDS})


def _place(name: str) -> str:
    return f"helpline_contact.{name}"
