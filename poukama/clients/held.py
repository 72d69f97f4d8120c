"""What a centre asks consent to, as the pack says that it holds: read from the database's copy of the pack."""

from functools import lru_cache

from poukama.centres.files import laid_out
from poukama.centres.models import LoadedPack
from poukama.clients.asked import Asked, read_asked
from poukama.gate.gates import AtCentre


def asked_at(centre: AtCentre) -> tuple[Asked, ...]:
    """The acts that a centre asks consent to, in its pack's order. One query while the same pack holds."""
    packs = LoadedPack.objects.filter(centre_id=centre.centre_id).order_by("-id")
    loaded, digest = packs.values_list("id", "digest")[:1].get()
    return _read(loaded, digest)


@lru_cache(maxsize=64)
def _read(loaded: int, digest: str) -> tuple[Asked, ...]:
    # The digest is part of the question, so that another database's pack of the same number is another pack.
    with laid_out(LoadedPack.objects.values_list("files", flat=True).get(pk=loaded)) as folder:
        return read_asked(folder)
