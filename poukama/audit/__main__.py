"""`python -m poukama.audit EXPORT KEY [CHECKPOINT ...]`: whether an export is whole. No database, no Django.

`rules.py` beside it decides, and this file may be copied elsewhere together with it.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from poukama.audit.rules import Unsound, check_export, read_checkpoint


def main(words: Sequence[str]) -> int:
    """0 for a whole export, 1 for one that is not; 2 if it was not called so."""
    try:
        export, key, *kept = words
    except ValueError:
        sys.stderr.write("usage: python -m poukama.audit EXPORT KEY [CHECKPOINT ...]\n")
        return 2
    return check_file(Path(export), key, [Path(each) for each in kept])


def check_file(export: Path, key: str, kept: Sequence[Path] = ()) -> int:
    """Print one line about an export. 0 if it is whole and has the past of the kept checkpoints, else 1."""
    try:
        marks = [read_checkpoint(text, key) for each in kept for text in each.read_text().splitlines()]
        with export.open(encoding="utf-8", newline="\n") as texts:
            found = check_export(texts, key, marks)
    except Unsound as fault:
        where = "" if fault.number is None else f" (at event {fault.number})"
        sys.stdout.write(f"{export}: NOT WHOLE: {fault}{where}\n")
        return 1
    sys.stdout.write(
        f"{export}: whole: {found.trail}, events {found.after + 1} to {found.number},"
        f" signed {found.at:%Y-%m-%d %H:%M} UTC, last seal {found.seal.hex() or '-'}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
