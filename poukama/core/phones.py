"""Telephone numbers: stored as they are dialled from anywhere, shown as people of the country write them."""

import re

import phonenumbers

_DIGITS = re.compile(r"[^0-9]")
_LONG_GROUP = re.compile(r"\d{6,}")


def shown(number: str, country: str) -> str:
    """A number as it is written inside `country` (two letters), or with its own country's code when it is another's.

    A short number (112, 116 006) is dialled as it stands. Long groups are split, as people read them aloud.

    >>> shown("+358407018446", "FI"), shown("+46812345678", "FI"), shown("112", "FI"), shown("116006", "FI")
    ('040 701 8446', '+46 8 123 456 78', '112', '116 006')
    """
    if not number.startswith("+"):
        return _LONG_GROUP.sub(_split, number)
    parsed = phonenumbers.parse(number)
    at_home = phonenumbers.country_code_for_region(country) == parsed.country_code
    style = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return _LONG_GROUP.sub(_split, phonenumbers.format_number(parsed, style))


def compared(number: str, country: str) -> str:
    """The form in which two ways of writing one number are the same: as dialled from anywhere, else its digits.

    >>> compared("040 701 8446", "FI"), compared("+358 (40) 7018446", "FI"), compared("112", "FI"), compared("?", "FI")
    ('+358407018446', '+358407018446', '112', '')
    """
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return _DIGITS.sub("", number)
    if not phonenumbers.is_possible_number(parsed):
        return _DIGITS.sub("", number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _split(group: re.Match[str]) -> str:
    digits = group[0]
    cut = 4 if len(digits) > 7 else 3
    return f"{digits[:cut]} {digits[cut:]}"
