"""Sweep: one word per thing. No name and no label of ours holds a word that GLOSSARY.md says never to use."""

import ast
import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from poukama.config.settings import ROOT
from tests.architecture.source import CODE, PACKAGE, code, shown, tree

# Names that a framework gives, where ours cannot choose the word.
FRAMEWORK: frozenset[str] = frozenset(
    {
        "ACCOUNT_USER_MODEL_EMAIL_FIELD",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD",
        "AUTH_USER_MODEL",
        "MFA_WEBAUTHN_USER_VERIFICATION",
        "get_public_key_credential_user_entity",
    }
)
# A label is a message of at most this many words; a sentence may quote how others speak.
LABEL_WORDS = 4


class NoGlossary(AssertionError):
    """The glossary's table is not there, or not in the shape that this sweep reads."""


def never(text: str) -> frozenset[str]:
    """The words of the glossary's last column, in lower case; what stands in brackets explains them."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    if not rows or rows[0][0] != "Word in code" or rows[0][-1] != "Never":
        raise NoGlossary("GLOSSARY.md has no table `| Word in code | ... | Never |`")
    if {len(row) for row in rows} != {len(rows[0])}:
        raise NoGlossary("a row of GLOSSARY.md has more or fewer cells than its head")
    words = {word.strip().lower() for row in rows[2:] for word in re.sub(r"\(.*?\)", "", row[-1]).split(",")} - {""}
    if not {"victim", "patient"} <= words:
        raise NoGlossary("GLOSSARY.md does not even forbid `victim` and `patient`")
    return frozenset(words)


def words_of(name: str) -> str:
    """A name as plain words: `openCaseFile` and `open_case_file` as `open case file`."""
    return re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)).lower().strip()


def names_in(module: ast.Module) -> Iterator[str]:
    """The names that a module gives, and the labels: texts that a class body gives a name to."""
    for node in ast.walk(module):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
                if isinstance(node, ast.ClassDef):
                    yield from _labels(node)
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.alias(asname=str(name)):
                yield name


def _labels(body: ast.ClassDef) -> Iterator[str]:
    for node in body.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


def forbidden(names: Iterator[str], words: frozenset[str]) -> list[str]:
    """The names that hold a forbidden word, whole; its plural counts."""
    found = re.compile(rf"\b({'|'.join(sorted(map(re.escape, words)))})s?\b")
    return sorted({name for name in names if name not in FRAMEWORK and found.search(words_of(name))})


@pytest.fixture(scope="module")
def words() -> frozenset[str]:
    return never((ROOT / "GLOSSARY.md").read_text())


def test_no_name_in_code_is_a_word_that_we_never_use(words):
    found = {shown(path): forbidden(iter((path.stem, *names_in(tree(path)))), words) for path in code(*CODE)}
    assert {path: names for path, names in found.items() if names} == {}


def test_no_file_is_named_with_a_word_that_we_never_use(words):
    paths = (shown(path) for path in PACKAGE.rglob("*") if path.suffix in {".html", ".css", ".js", ".toml", ".svg"})
    assert forbidden(paths, words) == []


def test_no_label_is_a_word_that_we_never_use(words):
    for path in PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            messages = [str(message.id) for message in read_po(file) if message.id]
        assert forbidden((text for text in messages if len(text.split()) <= LABEL_WORDS), words) == [], shown(path)


TABLE = "| Word in code | Means | Never |\n| --- | --- | --- |\n| client | a person | victim, patient, user (ours) |\n"


def test_the_last_column_of_the_glossary_is_what_is_forbidden():
    assert never(f"# Glossary\n\n{TABLE}| case | all of it | |\n") == {"victim", "patient", "user"}


@pytest.mark.parametrize(
    "text",
    ["", "# Glossary", TABLE.replace("Never", "Not"), TABLE.replace("victim, ", ""), TABLE + "| case | all of it |\n"],
)
def test_a_glossary_that_cannot_be_read_is_an_error_and_not_an_empty_list(text):
    with pytest.raises(NoGlossary):
        never(text)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("def find_victim(): pass", "find_victim"),
        ("class PatientList: pass", "PatientList"),
        ("def f(*, user): pass", "user"),
        ("allVictims = 1", "allVictims"),
        ("self.user = 1", "user"),
        ("import a as patients", "patients"),
        ("class Role:\n    CLIENT = 'The patient'", "The patient"),
    ],
)
def test_a_forbidden_word_in_a_name_or_a_label_is_seen(source, name):
    assert forbidden(names_in(ast.parse(source)), frozenset({"victim", "patient", "user"})) == [name]


@pytest.mark.parametrize("source", ["impatient = 1", "usual = 1", "a = request.user", "a = 'the user'"])
def test_part_of_a_word_and_what_others_named_are_let_be(source):
    assert forbidden(names_in(ast.parse(source)), frozenset({"victim", "patient", "user"})) == []
