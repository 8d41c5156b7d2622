"""HOOK-1: whatever proves that a post is genuine is compared in constant time."""

import ast
import re
from pathlib import Path

import pytest

from otklik.config.paths import PACKAGE

PROOF = re.compile(r"secret|proof|signature|\bsign\b|signing_key|password", re.IGNORECASE)
OF_DOORS = re.compile(r"@csrf_exempt|compare_digest|is_genuine|webhook_secret")
FILES = [path for path in (PACKAGE / "adapters").rglob("*.py") if "tests" not in path.parts]
DOORS = sorted(path for path in FILES if OF_DOORS.search(path.read_text()))


def spoken(node: ast.AST) -> str:
    """The names of an expression."""
    names = [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
    names += [each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)]
    return " ".join(names)


def test_there_are_doors() -> None:
    assert {path.relative_to(PACKAGE / "adapters").parts[0] for path in DOORS} >= {"email", "phone", "telegram"}


@pytest.mark.parametrize("path", DOORS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_HOOK_1_proofs_are_compared_in_constant_time(path: Path) -> None:
    found = [
        f"{path.name}:{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Compare)
        and any(isinstance(way, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for way in node.ops)
        and any(PROOF.search(spoken(side)) for side in (node.left, *node.comparators))
    ]
    assert found == []
