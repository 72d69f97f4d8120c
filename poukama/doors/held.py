"""What a centre has decided: its policy, read from the database's copy of its pack, with what its doctors approved."""

from functools import lru_cache

from poukama.centres.files import laid_out
from poukama.centres.models import LoadedPack
from poukama.centres.pack import read_pack
from poukama.doors.rules import Policy
from poukama.gate.gates import AtCentre
from poukama.protocols.approvals import Approval, approved
from poukama.protocols.files import read_windows
from poukama.protocols.held import approvals_at


def policy_of(centre: AtCentre) -> Policy:
    """The policy of a centre's newest pack, its windows with their approvers.

    Two queries, and the pack is read anew only when another holds or a doctor has said something new.
    """
    packs = LoadedPack.objects.filter(centre_id=centre.centre_id).order_by("-id")
    loaded, digest = packs.values_list("id", "digest")[:1].get()
    return _read(loaded, digest, approvals_at(centre))


@lru_cache(maxsize=64)
def _read(loaded: int, digest: str, approvals: tuple[Approval, ...]) -> Policy:
    # The digest is part of the question, so that another database's pack of the same number is another pack.
    with laid_out(LoadedPack.objects.values_list("files", flat=True).get(pk=loaded)) as folder:
        windows = tuple(approved(window, approvals) for window in read_windows(folder))
        return Policy(read_pack(folder), windows)
