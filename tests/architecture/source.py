"""The files that the sweeps read."""

import ast
from collections.abc import Iterator
from pathlib import Path

from poukama.config.settings import ROOT

PACKAGE = ROOT / "poukama"
CODE = ("poukama", "tests", "demo")
# Not part of the repository, or not ours.
_APART = {".git", ".venv", "var", "__pycache__", ".hypothesis", ".mypy_cache", ".ruff_cache", ".import_linter_cache"}


def code(*tops: str) -> list[Path]:
    """Every Python file under these folders of the repository."""
    return sorted(path for top in tops for path in (ROOT / top).rglob("*.py"))


def tree(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def everything(top: Path = ROOT) -> Iterator[Path]:
    """Every file of the repository."""
    for path in sorted(top.iterdir()):
        if path.name in _APART or path.suffix in {".mo", ".egg-info"} or path.name.startswith(".coverage"):
            continue
        if path.is_dir():
            yield from everything(path)
        else:
            yield path


def shown(path: Path) -> str:
    """A path as the repository has it."""
    return path.relative_to(ROOT).as_posix()


def imports(module: ast.Module) -> set[str]:
    """The dotted names that a module imports, `from a import b` as `a` and `a.b`."""
    names: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            names |= {origin, *(f"{origin}.{alias.name}" for alias in node.names)}
    return names
