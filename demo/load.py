"""Loads the demo into a practice version."""

import datetime as dt

from django.conf import settings

from demo.approvals import approvals
from demo.arrivals import arrivals
from demo.cases import go_on
from demo.contacts import contacts
from demo.people import people
from demo.premises import premises
from demo.roster import roster
from poukama.centres.actions import load_pack
from poukama.centres.files import read_files
from poukama.centres.models import LoadedPack
from poukama.centres.pack import read_pack
from poukama.gate.rules import INSTALLATION, OPERATOR


def load(at: dt.datetime) -> list[LoadedPack]:
    """Load the invented centres from their packs, their people, rosters, rooms and the night, and how it went on.

    What is there stays as it is. Raises what reading a pack raises.
    """
    folders = sorted(path.parent for path in settings.PACKS.glob("*/centre.toml"))
    packs = {folder: read_pack(folder) for folder in folders}
    loaded = [
        load_pack(INSTALLATION, pack=pack, files=read_files(folder), by=OPERATOR, at=at)
        for folder, pack in packs.items()
        if pack.invented
    ]
    centres = {held.centre.code: held.centre for held in loaded}
    people(centres, at)
    approvals(centres["satama"], at)
    roster(centres, at)
    premises(centres["satama"], at)
    contacts(centres["satama"], at)
    go_on(centres["satama"], arrivals(centres["satama"], at), at)
    return loaded
