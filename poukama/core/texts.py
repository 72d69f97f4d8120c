"""Text as somebody typed it, made fit to be kept: what PostgreSQL and UTF-8 cannot hold is taken out, nothing else."""

import re

# Half of a pair that stands alone: a script can send one, and no encoding holds it.
_ALONE = re.compile("[\ud800-\udfff]")
# They turn the text that follows them on the page round too. The marks that only say a direction stay.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text without NUL, and with the replacement character for each lone surrogate; the rest as it was typed.

    >>> clean("Aino\\x00 \\ud83d said\\r\\n")
    'Aino \ufffd said\\r\\n'
    """
    return _ALONE.sub("\ufffd", text.replace("\0", ""))


def one_line(text: str) -> str:
    """A name or the like: cleaned, on one line, without space at its ends or what would turn its neighbours round.

    >>> one_line("  Åke\\n\\tAx \u202e ")
    'Åke Ax'
    """
    return " ".join("".join(" " if _breaks(letter) else letter for letter in _TURNING.sub("", clean(text))).split())


def _breaks(letter: str) -> bool:
    return letter < " " or "\x7f" <= letter < "\xa0"
