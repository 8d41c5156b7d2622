"""How a person fits a profile: a proposal, never a decision (METRICS P1)."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypedDict

from otklik.core.formulas.arguments import above_zero, at_least_zero
from otklik.core.formulas.whole import NOISE

WEIGHTS = {"important": 3.0, "trainable": 1.0, "plus": 0.5}
GREEN, YELLOW = 80, 60

type Group = Literal["green", "yellow", "red"]
type Criterion = Mapping[str, Any]


class Profile(TypedDict):
    gate: bool
    score: float | None
    group: Group


def profile_score(criteria: Iterable[Criterion]) -> Profile:
    """100·Σ w·min(level/required, 1)/Σ w over what is no must, points of 100; the gate: every must is reached.

    Criteria are `{"kind", "level", "required", "trainable"}`, kinds must | important | trainable | plus with weights 3,
    1 and ½.  Green from 80, yellow from 60; a failed must that can be trained keeps from green, another gives red.
    """
    musts: list[Criterion] = []
    weights = points = 0.0
    for criterion in criteria:
        above_zero(required=criterion["required"])
        at_least_zero(level=criterion["level"])
        if criterion["kind"] == "must":
            musts.append(criterion)
            continue
        weight = _weight(criterion["kind"])
        weights += weight
        points += weight * min(criterion["level"] / criterion["required"], 1.0)
    failed = [must for must in musts if must["level"] < must["required"]]
    score = 100 * points / weights if weights else None
    return {"gate": not failed, "score": score, "group": _group(score, failed)}


def _weight(kind: str) -> float:
    if kind not in WEIGHTS:
        raise ValueError(f"no kind of criterion is called {kind!r}")
    return WEIGHTS[kind]


def _group(score: float | None, failed: Iterable[Criterion]) -> Group:
    missing = list(failed)
    points = 100.0 if score is None else score + NOISE
    if points < YELLOW or not all(must.get("trainable") for must in missing):
        return "red"
    return "green" if points >= GREEN and not missing else "yellow"
