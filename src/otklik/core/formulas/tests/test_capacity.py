"""Green needs all five, red two against it, and what nobody knows is never proof."""

import pytest

from otklik.core.formulas import capacity_check

FIT = {
    "promised": 0.9,
    "kept": 196,
    "n": 200,
    "feasible": True,
    "occupancy": 0.8,
    "able": 3,
    "suppliers_fit": True,
}


@pytest.mark.parametrize(
    ("facts", "colour"),
    [
        ({}, "green"),
        ({"kept": 182}, "amber"),  # 91 % were kept, yet as few as 86 % may be true
        ({"kept": 182, "able": 1}, "red"),
        ({"occupancy": None}, "amber"),
        ({"kept": 0, "n": 0, "feasible": None, "occupancy": None, "able": None, "suppliers_fit": None}, "amber"),
        ({"occupancy": 0.88, "able": 2}, "green"),
        ({"occupancy": 0.8801}, "amber"),
        ({"suppliers_fit": False, "feasible": False}, "red"),
    ],
)
def test_colours(facts: dict[str, object], colour: str) -> None:
    assert capacity_check({**FIT, **facts})["colour"] == colour


def test_each_of_the_five_is_named_with_what_is_known() -> None:
    said = capacity_check({**FIT, "able": 1, "occupancy": None})
    answers = {reason["name"]: reason["ok"] for reason in said["reasons"]}

    assert answers == {"history": True, "forecast": True, "occupancy": None, "people": False, "suppliers": True}


@pytest.mark.parametrize("promised", [0, -0.1, 1.01])
def test_a_share_is_a_share(promised: float) -> None:
    with pytest.raises(ValueError, match="share"):
        capacity_check({**FIT, "promised": promised})
