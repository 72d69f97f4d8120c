"""What languages are called, on the pages of the staff side."""

from babel import Locale
from django.utils.translation import get_language, gettext

# What people at a Nordic centre speak most, after the centre's own; any other is chosen as one of the rest.
OFTEN = ("fi", "sv", "en", "se", "ru", "uk", "et", "ar", "fa", "ckb", "so", "ti", "fr", "es", "th", "vi", "fse", "fss")


def language_name(code: str) -> str:
    """What a language is called, in the language of the page; its code if it has no name.

    >>> from django.utils.translation import override
    >>> with override("fi"):
    ...     language_name("sv")
    'ruotsi'
    """
    own = {"fse": gettext("Finnish Sign Language"), "fss": gettext("Finland-Swedish Sign Language")}
    return own.get(code) or Locale.parse(get_language() or "en").languages.get(code) or code
