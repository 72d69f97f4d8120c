"""The packs that this installation's public pages speak of, read from their folders once."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from poukama.centres.pack import PackErrors, read_pack
from poukama.centres.rules import Pack
from poukama.doors.rules import Policy
from poukama.protocols.approvals import Approval, Decided, with_approvals
from poukama.protocols.held import read_decided


@dataclass(frozen=True, slots=True)
class Installed:
    """The front centre with what it has decided, and every centre that is listed, the front one first."""

    policy: Policy
    packs: tuple[Pack, ...]
    decided: Decided

    @property
    def front(self) -> Pack:
        """The centre whose number stands on every page."""
        return self.policy.pack

    def approved(self, approvals: tuple[Approval, ...]) -> "Installed":
        """The same with what the front centre's doctors have approved: no folder says so."""
        decided = with_approvals(self.decided, approvals)
        return Installed(Policy(self.front, decided.windows), self.packs, decided)

    def lists(self, code: str) -> bool:
        """Whether a centre has a page here."""
        return any(pack.code == code for pack in self.packs)


@lru_cache(maxsize=8)
def installed_at(front: Path, folder: Path, practice: bool) -> Installed:
    """The front centre's pack and the others of a folder. An invented centre is listed only in a practice version.

    Raises PackErrors if the front pack cannot be read; another's fault is told by `poukama centre check`, and no reason
    for these pages to be silent.
    """
    pack = read_pack(front)
    others = [each for path in sorted(folder.glob("*/centre.toml")) if (each := _read(path.parent))]
    listed = [each for each in others if each.code != pack.code and (practice or not each.invented)]
    decided = read_decided(front)
    return Installed(Policy(pack, decided.windows), (pack, *listed), decided)


def _read(folder: Path) -> Pack | None:
    try:
        return read_pack(folder)
    except PackErrors:
        return None
