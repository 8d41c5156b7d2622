"""Every text of the code is translated: the collector of texts overlooks some that stand inside of an f-string."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import trans_real

import otklik

ROOT = Path(otklik.__file__).parent
CALLS = {"_", "gettext", "gettext_lazy"}


def test_every_text_inside_of_an_f_string_is_translated() -> None:
    catalogue = trans_real.translation("ru").gettext
    untold = [f"{place}: {text}" for place, text in texts() if catalogue(text) == text]
    assert untold == []


def texts() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "/tests/" in path.as_posix() or ("{_(" not in source and "{gettext" not in source):
            continue
        filled = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FormattedValue)]
        for node in (inner for each in filled for inner in ast.walk(each)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                text = ast.literal_eval(node.args[0])
                yield f"{path.relative_to(ROOT)}:{node.lineno}", text
