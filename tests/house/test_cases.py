"""The table of cases in docs/cases.md names the tests that are there: no more and no fewer."""

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = re.compile(r"def test_(ACCESS|AUTH|INJECT|HOOK|PRIVACY|AUDIT|HARDEN)_(\d+)_")
ROW = re.compile(r"^\| ([A-Z]+-\d+) \|.*\| (.+) \|$", re.MULTILINE)


def named() -> dict[str, set[str]]:
    """Files by the case of which they have a test."""
    found: dict[str, set[str]] = defaultdict(set)
    for place, start in ((ROOT / "src/otklik", ROOT / "src/otklik"), (ROOT / "tests", ROOT)):
        for file in place.rglob("test_*.py"):
            for family, number in TESTS.findall(file.read_text()):
                found[f"{family}-{number}"].add(str(file.relative_to(start)))
    return dict(found)


def test_each_case_is_proven_where_the_table_says() -> None:
    table = (ROOT / "docs/cases.md").read_text()
    told = {case: set(re.findall(r"`([^`]+)`", files)) for case, files in ROW.findall(table)}
    assert told == named()
