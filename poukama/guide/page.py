"""What a public page shows: made from the pack, the moment, the language and whether this is practice; nothing else.

Every page's template finds:

- `language`, `page`, `practice`, `links`, `others` (this page in every language), `at` (the moment, on the minute)
- `front`: the front centre, a `Centre`; `phone`, the number that answers now; `emergency`; `country`
- `said`: what may be said publicly, `{% if said.free %}`; `answers`: who answers the telephone, where the pack says so
- `centres`: the centres to list, each a `Centre`; on a centre's page also `centre`
"""

from collections.abc import Mapping
from dataclasses import dataclass

from poukama.centres.rules import Pack, Words


@dataclass(frozen=True, slots=True)
class Centre:
    """A centre as a page shows it: its pack, its words in this language, and what it may say publicly."""

    pack: Pack
    words: Words
    said: Mapping[str, bool]
