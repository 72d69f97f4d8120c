"""What a centre has decided, as the pack says that it holds: its policy, read from the database's copy of the pack."""

from functools import lru_cache

from poukama.centres.files import laid_out
from poukama.centres.models import LoadedPack
from poukama.centres.pack import read_pack
from poukama.doors.rules import Policy
from poukama.gate.gates import AtCentre
from poukama.protocols.files import read_windows


def policy_of(centre: AtCentre) -> Policy:
    """The policy of a centre's newest pack. One query, and the pack is read anew only when another holds."""
    packs = LoadedPack.objects.filter(centre_id=centre.centre_id).order_by("-id")
    loaded, digest = packs.values_list("id", "digest")[:1].get()
    return _read(loaded, digest)


@lru_cache(maxsize=64)
def _read(loaded: int, digest: str) -> Policy:
    # The digest is part of the question, so that another database's pack of the same number is another pack.
    with laid_out(LoadedPack.objects.values_list("files", flat=True).get(pk=loaded)) as folder:
        return Policy(read_pack(folder), read_windows(folder))
