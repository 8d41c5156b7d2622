"""Worked examples of METRICS that need no more than a share or a mean, and proof that none is left out.

A test carries the name of its paragraph: `test_S2_example`.
"""

import re
from ast import FunctionDef, parse, walk
from math import floor
from pathlib import Path
from typing import Any

import pytest

from otklik.core.formulas import (
    backlog_days,
    bus_factor,
    fisher_exact,
    interview_marks,
    mann_whitney,
    percentile,
    ratio,
    skill_cover,
    wilson,
)
from otklik.core.formulas.tests.shared import SHARED

METRICS = SHARED / "design/METRICS.md"
EXAMPLES = """
S1 S2 S3 S4 S5 S6 S7 S8 S9 S10 S11 S12 S13 L1 L2 L3 L4 L5 L6 L7 L8 L9
V1 V2 V3 V4 V5 V6 V7 V8 V9 V10 V11 V12 V13 V14 V15 V16 V17 V18 V19 V20 V21 V23 V24 V25
W1 W2 W3 W4 W5 W6 W7 W8 W9 W10 W11 W12 W13 Q1 Q2 Q3 Q4 Q5 Q6 Q7 Q8 Q9 Q10 K1 K2 K3 K4 K5 K6
I1 I3 I4 I5 I6 I7 P1 P2 P3 P4 P5 P6 P7 P9 G1 G2 G3 G4 G5 G6 G7 C1 C2 C3
""".split()
WITHOUT = {"V22", "I2", "P8"}
"""Tables of defaults and rules: nothing is worked out there."""


def test_every_paragraph_has_a_test_of_its_name() -> None:
    named: set[str] = set()
    for file in Path(__file__).parent.glob("test_*.py"):
        functions = [node.name for node in walk(parse(file.read_text())) if isinstance(node, FunctionDef)]
        named |= {found for name in functions for found in re.findall(r"(?<=_)([A-Z]\d+)(?=_)", name)}
    assert set(EXAMPLES) - named == set()


@pytest.mark.skipif(not METRICS.exists(), reason=f"the list of examples not checked: {METRICS} is absent")
def test_the_list_is_that_of_the_definitions() -> None:
    paragraphs = re.findall(r"^### ([A-Z]\d+) ", METRICS.read_text(), re.MULTILINE)
    assert set(paragraphs) == {*EXAMPLES, *WITHOUT}


def share(part: float, whole: float) -> float | None:
    """Per cent with one decimal, as the definitions print it."""
    value = ratio(part, whole)["value"]
    return None if value is None else round(100 * value, 1)


def test_V11_example() -> None:
    """Four weeks of 45 solved a working day; by Little's law 171 of the 180 that stand are explained."""
    stands, weeks = 180, [45] * 20
    assert backlog_days(stands, [(sum(weeks), len(weeks))]) == 4
    inflow, lifetime = weeks, [3.8] * 45
    expected = sum(inflow) / len(inflow) * sum(lifetime) / len(lifetime)
    assert round(expected) == 171
    assert abs(share(stands - expected, expected) or 0) < 20, "no sign of bad data"


def test_V16_example() -> None:
    assert (share(68, 400), share(9, 68)) == (17, 13.2)


def test_V17_example() -> None:
    """500 calls, of which 40 were passed on once and 8 twice."""
    calls = [1] * 40 + [2] * 8 + [0] * (500 - 40 - 8)
    passed = [times for times in calls if times]
    assert round(ratio(sum(passed), len(calls))["value"] or 0, 3) == 0.112
    assert share(len(passed), len(calls)) == 9.6


def test_V21_example() -> None:
    assert share(21, 25) == 84


def test_V23_example() -> None:
    published = 12 * 60 * 30
    assert round(100 * (ratio(published - 95, published)["value"] or 0), 2) == 99.56
    assert share(365, 412) == 88.6


def test_V24_example() -> None:
    assert share(420, 600) == 70


def test_V25_example() -> None:
    assert share(111, 120) == 92.5


def test_Q5_example() -> None:
    assert (share(14, 200), share(5, 14)) == (7, 35.7)


def test_Q9_example() -> None:
    assert (share(340, 500), share(340 - 60, 340)) == (68, 82.4)


def test_Q10_example() -> None:
    assert share(140 - 22, 1000) == 11.8


def test_K2_example() -> None:
    assert share(23, 24) == 95.8


def test_K3_example() -> None:
    assert share(13, 40) == 32.5


def test_K5_example() -> None:
    kept: Any = ratio(26, 30)
    assert [round(100 * kept[key], 1) for key in ("value", "lo", "hi")] == [86.7, 70.3, 94.7]


def test_I4_example() -> None:
    assert (share(288, 300), share(201, 288)) == (96, 69.8)


def test_I7_example() -> None:
    assert share(4, 5) == 80


def test_P2_example() -> None:
    """Two raters gave 4, 3, 5 and 4, 4, 3: only the third question needs a note."""
    questions = [interview_marks(pair) for pair in zip([4, 3, 5], [4, 4, 3], strict=True)]
    assert [one["mean"] for one in questions] == [4, 3.5, 4]
    assert [number for number, one in enumerate(questions, 1) if one["apart"]] == [3]


def test_P3_example() -> None:
    assert share(2, 12) == 16.7


def test_P5_example() -> None:
    levels = [4, 3, 2, 1, 0]
    assert (bus_factor(levels), skill_cover(levels)) == (2, 3)


def test_G2_example() -> None:
    """Four of five criteria are 80 %, and the goal is not reached."""
    assert share(4, 5) == 80


def test_G3_example() -> None:
    assert share(36, 40) == 90


def test_G5_example() -> None:
    assert share(6, 9) == 66.7


def test_G6_time_halved() -> None:
    """Medians of 10 and 5 days over 60 and 55 changes, the guard (errors) untouched."""
    before, after = [5 + (number + 3) % 11 for number in range(60)], [number % 11 for number in range(55)]
    effect: Any = mann_whitney(before, after)
    assert (percentile(before, 0.5), percentile(after, 0.5)) == (10, 5)
    assert effect["hl_shift"] == -5
    assert effect["p"] < 0.001
    assert fisher_exact(2, 58, 2, 53)["p"] == pytest.approx(1)


def test_G7_example() -> None:
    assert share(7, 8) == 87.5


def test_C3_example() -> None:
    """Shown rounded down: no figure in public is better than the one that was measured."""
    kept = wilson(1142, 1240)["p"] or 0
    assert round(100 * kept, 1) == 92.1
    assert floor(1000 * kept) / 10 == 92
