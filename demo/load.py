"""Loads the demo into a practice version."""

import datetime as dt

from django.conf import settings

from demo.contacts import contacts
from demo.people import people
from demo.roster import roster
from poukama.centres.actions import load_pack
from poukama.centres.files import read_files
from poukama.centres.models import LoadedPack
from poukama.centres.pack import read_pack
from poukama.gate.rules import INSTALLATION, OPERATOR


def load(at: dt.datetime) -> list[LoadedPack]:
    """Load the invented centres from their packs, their people and their rosters; what is there stays as it is.

    Contacts of the demo's night come with the room that they live in. Raises what reading a pack raises.
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
    roster(centres, at)
    people({held.centre.code: held.centre for held in loaded}, at)
    centres = {held.centre.code: held.centre for held in loaded}
    contacts(centres["satama"], at)
    return loaded
