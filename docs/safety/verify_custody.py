"""Check the custody record of a sample: `python verify_custody.py FILE [LAST-HASH-ON-THE-SHEET]`.

Needs Python 3.11 and nothing else; read it, it is short. The file is text. Its first line says which sample it is, how
many entries there are, and the hash of the last. Each line after it is an entry: who gave the sample to whom, where,
when, under which seal. Its hash is SHA-256 over the hash of the entry before it and everything the entry says, so that
whoever changes, removes, adds or swaps an entry breaks the next. Whoever rewrites them all gets another last hash:
compare it with the one that is printed on the sheet. Exit status: 0 whole, 1 not whole, 2 called wrongly.
"""

import datetime
import hashlib
import json
import sys

# What the hash covers, in this order, with | between.
FIELDS = [
    "centre",
    "sample",
    "number",
    "kind",
    "acted_at",
    "entered_at",
    "by",
    "giver",
    "receiver",
    "confirmed",
    "witness",
    "place",
    "seal",
    "seal_seen",
    "condition",
    "storage",
    "rests_on",
    "reason",
    "reference",
]
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class NotWhole(Exception):
    """What is wrong, in words."""


def said(name, value):
    """A time counts as microseconds since 1970 in UTC; everything else as it stands."""
    if name.endswith("_at"):
        return str((datetime.datetime.fromisoformat(value) - EPOCH) // datetime.timedelta(microseconds=1))
    return str(value)


def read(line, number):
    """An entry, and the text that its hash covers."""
    try:
        entry = json.loads(line)
        text = "|".join(said(name, entry[name]) for name in FIELDS)
        if set(entry) != {*FIELDS, "previous", "hash"} or "|" in "".join(map(str, entry.values())):
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise NotWhole(f"entry {number} cannot be read") from None
    return entry, text


def follow(head, lines):
    """The hash of the last entry; each must stand in its place and come after the one before it."""
    before, holder = "", ""
    for number, line in enumerate(lines, 1):
        entry, text = read(line, number)
        if (entry["sample"], entry["centre"], entry["number"]) != (head["sample"], head["centre"], number):
            raise NotWhole(f"entry {number} is another sample's, or stands in the wrong place")
        own = hashlib.sha256(bytes.fromhex(before) + text.encode()).hexdigest()
        if (entry["previous"], entry["hash"]) != (before, own):
            raise NotWhole(f"entry {number} was changed, or the one before it changed, removed, swapped or added")
        if entry["giver"] != holder:
            raise NotWhole(f"entry {number} was given by somebody who did not have the sample")
        before, holder = own, entry["receiver"]
    return before


def check(lines, printed=""):
    """What is wrong, in words; nothing if the record is whole."""
    try:
        head = json.loads(lines[0])
        count, wanted, _, _ = (head[name] for name in ("number", "hash", "sample", "centre"))
    except (ValueError, KeyError, TypeError, IndexError):
        return "the first line is no head of a custody record"
    try:
        last = follow(head, lines[1:])
    except NotWhole as fault:
        return str(fault)
    if len(lines) - 1 != count:
        return f"there should be {count} entries, and there are {len(lines) - 1}"
    if last != wanted:
        return f"entry {count} is not the one that the first line names"
    on_sheet = "".join(printed.split()).lower()
    return "the last hash is not the one on the sheet" if on_sheet not in ("", last) else ""


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(2)
    with open(sys.argv[1], encoding="utf-8", newline="\n") as file:
        rows = file.read().splitlines()
    wrong = check(rows, *sys.argv[2:])
    sys.stdout.write(f"NOT WHOLE: {wrong}\n" if wrong else f"whole: {len(rows) - 1} entries, {rows[-1][-66:-2]}\n")
    sys.exit(1 if wrong else 0)
