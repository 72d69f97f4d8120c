"""Run as a program in an installation with the demo: cases told by its midwife, and whether they can be opened.

`tell MARK ...` prints their words and keys as JSON, `open CASE/WORD ...` of each whether it opens,
`everything` all that is sealed.
"""

import json
import sys
from contextlib import suppress
from typing import Any

import django


def tell(mark: str) -> dict[str, Any]:
    """A case in which everything was told; its key, its client's, and the words."""
    from poukama.centres.models import Centre  # noqa: PLC0415
    from poukama.staff.models import Member  # noqa: PLC0415
    from tests.cases.canaries import sow  # noqa: PLC0415

    people = {each.login: each for each in Member.objects.filter(login__in=["maija", "laine"])}
    individual = str(901 + len(mark))
    sown = sow(Centre.objects.get(code="satama"), people["maija"], people["laine"], mark, individual=individual)
    return {
        "case": str(sown.case.pk),
        "client": str(sown.case.client_id),
        "centre": sown.case.centre_id,
        "words": sorted(sown.words),
    }


def opens(case: str, word: str) -> bool:
    """Whether the midwife can open a case and read a word in it."""
    from uuid import UUID  # noqa: PLC0415

    from poukama.cases import access  # noqa: PLC0415
    from poukama.cases.need import Purpose  # noqa: PLC0415
    from poukama.centres.models import Centre  # noqa: PLC0415
    from poukama.core import clock, vault  # noqa: PLC0415
    from poukama.staff.access import standing  # noqa: PLC0415
    from poukama.staff.models import Member  # noqa: PLC0415

    at = clock.now()
    by = standing(Member.objects.get(login="maija"), at).actor
    ref = access.find(UUID(case), Centre.objects.filter(code="satama"), by=by)
    try:
        return word in repr(access.case_page(ref, purpose=Purpose.CARE, by=by, at=at))
    except vault.Unreadable:
        return False


def everything() -> list[str]:
    """Whatever is sealed of contacts, clients and cases, the demo's too, opened."""
    from django.apps import apps  # noqa: PLC0415
    from django.db.models import BinaryField  # noqa: PLC0415

    from poukama.cases import inside  # noqa: PLC0415
    from poukama.cases.models import OfCase  # noqa: PLC0415
    from poukama.centres.models import Centre  # noqa: PLC0415
    from poukama.clients import models, sealed  # noqa: PLC0415
    from poukama.core import vault  # noqa: PLC0415
    from poukama.gate.scope import within  # noqa: PLC0415
    from poukama.helpline import sealed as contacts  # noqa: PLC0415
    from poukama.helpline.models import Contact  # noqa: PLC0415

    def text_of_case(row: OfCase, name: str) -> str:
        return inside.text_of(row, row.case, name)

    found: set[str] = set()
    for centre in Centre.objects.all():
        for model in apps.get_models():
            columns = [each.name for each in model._meta.fields if isinstance(each, BinaryField)]
            of: Any = None
            if issubclass(model, Contact):
                of = contacts.text_of
            elif issubclass(model, models.Client | models.Entry):
                of = sealed.text_of
            elif issubclass(model, OfCase):
                of = text_of_case
            with within(centre.pk):
                for row in model._default_manager.all() if of else ():
                    # What another test has destroyed says nothing.
                    with suppress(vault.Unreadable):
                        found |= {of(row, name) for name in columns}
    return sorted(found - {""})


if __name__ == "__main__":
    django.setup()
    verb, *words = sys.argv[1:]
    if verb == "tell":
        said: list[Any] = [tell(mark) for mark in words]
    else:
        said = [opens(*each.split("/")) for each in words] if verb == "open" else everything()
    sys.stdout.write(json.dumps(said))
