"""The ledger of consents in words: each act with what holds, how it was said, what that stopped and what has left."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from poukama.cases.page import Here
from poukama.centres.rules import TextState
from poukama.clients import words
from poukama.clients.asked import Asked, Worded
from poukama.clients.consents import Act, Answer, Capacity, Entry, Left, Recipient, effect_of
from poukama.clients.shown import Ledger
from poukama.staff import moments
from poukama.staff.languages import language_name

# What an answer looks like beside its word.
_SHAPES = {Answer.YES: "done", Answer.NOT_NOW: "wait", Answer.NO: "past", Answer.NOT_ASKED: "todo"}
STATES: Mapping[TextState, Promise] = {
    TextState.DRAFT: pgettext_lazy("wording", "draft, reviewed by nobody"),
    TextState.NATIVE: pgettext_lazy("wording", "read by a native speaker, not approved"),
    TextState.APPROVED: pgettext_lazy("wording", "approved"),
}


class LedgerPage:
    """A client's ledger beside what the centre asks, said in the language of whoever reads the page.

    The words that are read to the client are in `language`, theirs, where the centre has them.
    """

    def __init__(self, ledger: Ledger, asked: Iterable[Asked], language: str, here: Here) -> None:
        self.ledger, self.asked, self.language, self.here = ledger, tuple(asked), language, here
        self.names = {each.act: self.name(each) for each in self.asked}

    def worded(self, each: Asked) -> Worded:
        """What is read to the client: in their language, else in that of the page."""
        return each.in_language(self.language, get_language() or "")

    def name(self, each: Asked) -> str:
        """What an act is called on this page."""
        return each.in_language(get_language() or "").name

    def name_of(self, act: Act) -> str:
        """What an act is called that the centre may no longer ask."""
        said = f"{words.PURPOSES[act.purpose]}: {words.RECIPIENTS[act.recipient]}"
        return self.names.get(act) or (f"{said} ({act.scope.replace('_', ' ')})" if act.scope else said)

    def standing(self) -> dict[Act, Answer]:
        """The answer that holds for each act; a yes that has ended is none."""
        return {
            act: Answer.NOT_ASKED if self._over(entry) else entry.answer for act, entry in self.ledger.newest.items()
        }

    def _over(self, entry: Entry) -> bool:
        return entry.answer is Answer.YES and entry.ends is not None and entry.ends <= self.here.at

    # ── One act ──────────────────────────────────────────────────────────────────────────────────────────────

    def row(self, each: Asked) -> dict[str, Any]:
        """An act that the centre asks."""
        worded = self.worded(each)
        return self.act(each.act) | {
            "code": each.code,
            "asks": worded.asks,
            "language": worded.language,
            "wording": self.wording(each),
            "refusal": self._refusal(each.act),
        }

    def act(self, act: Act) -> dict[str, Any]:
        """What holds for an act, what it stopped and what has left."""
        entry = self.ledger.newest.get(act)
        effect = effect_of(entry, self.ledger.entries, self.ledger.left, self.here.at) if entry else None
        no = entry is not None and entry.answer is not Answer.YES
        left = [each for each in self.ledger.left if act.covers(each.act)]
        grounds = [ground for ground in self.ledger.grounds if ground.act.covers(act)]
        return {
            "name": self.name_of(act),
            "recipient": words.RECIPIENTS[act.recipient],
            "leaves": act.recipient is not Recipient.CENTRE,
            "entry": self.entry(entry) if entry else None,
            "stops": [self.name_of(stopped) for stopped in effect.stops] if effect and no else [],
            "left": [self._left(each) for each in left],
            "grounds": [ground.law for ground in grounds],
        }

    def entry(self, entry: Entry) -> dict[str, Any]:
        """An answer: what, when, how, for how long, and in which words it was asked."""
        over = self._over(entry)
        answer = Answer.NOT_ASKED if over else entry.answer
        return {
            "answer": words.ANSWERS[entry.answer],
            "shape": _SHAPES[answer],
            "when": moments.nearby(entry.said_at, self.here.at, self.here.zone),
            "given": words.GIVEN[entry.given],
            "interpreter": entry.interpreter,
            "interpreter_name": entry.interpreter_name,
            "capacity": "" if entry.capacity is Capacity.DECIDES else words.CAPACITY[entry.capacity],
            "day": moments.dated(entry.said_at, self.here.zone),
            "ends": moments.last_day(entry.ends, self.here.zone) if entry.ends else "",
            "over": over,
            "own_words": entry.own_words,
            "version": entry.wording.version,
            "language": language_name(entry.wording.language),
            "state": STATES[entry.wording.state],
        }

    def history(self, act: Act) -> list[dict[str, Any]]:
        """Every answer to an act, the newest first."""
        return [self.entry(entry) for entry in reversed(self.ledger.entries) if entry.act == act]

    def others(self) -> list[dict[str, Any]]:
        """What stands in the ledger of acts that the centre does not ask about here."""
        acts = [*self.ledger.newest, *(each.act for each in self.ledger.left), *(g.act for g in self.ledger.grounds)]
        return [self.act(act) for act in dict.fromkeys(acts) if act not in self.names]

    def wording(self, each: Asked) -> dict[str, Any]:
        """Where the words come from that are read."""
        worded = self.worded(each)
        return {
            "version": each.version,
            "language": language_name(worded.language),
            "state": STATES[worded.state],
            "approved": worded.state is TextState.APPROVED and not each.origin.example,
            "example": each.origin.example,
            "source": each.source.title,
            "seen": f"{each.source.seen:%-d.%-m.%Y}",
            "owner": worded.owner,
        }

    def _refusal(self, act: Act) -> str:
        """Why an act that leaves the centre may not be done now."""
        refusal = self.ledger.refusals.get(act)
        return str(words.REFUSALS[refusal]) if refusal and act.recipient is not Recipient.CENTRE else ""

    def _left(self, left: Left) -> dict[str, Any]:
        return {"when": moments.day_and_hour(left.at, self.here.zone), "what": left.what}
