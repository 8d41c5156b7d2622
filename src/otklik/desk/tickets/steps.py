"""What happens next: the one choice that closes every reply.

A reply cannot be sent without one of these, so no ticket is left without a next step and a moment.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Wait:
    """We asked the client; if they keep silent, the ticket comes back at `until`."""

    until: datetime


@dataclass(frozen=True)
class PromiseDate:
    """We answer by `until`, and the client is told so; `why` says why an earlier promise is moved to it.

    `visit` are the words of a visit, where it is not an answer that is promised but that somebody comes.
    """

    until: datetime
    what: str = ""
    why: str = ""
    visit: str = ""


@dataclass(frozen=True)
class Resolve:
    """The matter is solved; `summary` says what helped, in the client's words, who can read it (may be empty).

    `link` leads to where the same is described at length: an article, a manual.
    """

    summary: str = ""
    link: str = ""


@dataclass(frozen=True)
class Refuse:
    """We do not do it: a reason of the list, the cause in the client's words, at least one way round.

    `consulted` says that the letter offers to talk it over and asks whether it is clear.
    """

    reason: str
    explanation: str
    alternatives: list[str] = field(default_factory=list)
    consulted: bool = False

    @property
    def offers(self) -> list[str]:
        """The ways round as they are kept."""
        return [offer.strip()[:300] for offer in self.alternatives if offer.strip()]


@dataclass(frozen=True)
class PutAside:
    """Nothing is to be done until a date: what happens then, and whether the client agreed.

    `whom` is a third party for whom we wait until then; meanwhile the client hears from us as ever.
    """

    until: datetime
    what: str
    agreed: bool = False
    whom: str = ""


@dataclass(frozen=True)
class Uphold:
    """A refusal against which the client appealed stands; only the decision on an appeal says so."""


type Step = Wait | PromiseDate | Resolve | Refuse | PutAside | Uphold

NAMES: dict[type, str] = {
    Wait: "wait",
    PromiseDate: "promise",
    Resolve: "resolve",
    Refuse: "refuse",
    PutAside: "aside",
    Uphold: "uphold",
}


def plain(step: Step) -> dict[str, Any]:
    """The choice as plain values: what a draft remembers and a form shows."""
    values = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(step).items()}
    return {"next": NAMES[type(step)], **values}


def revived(values: Mapping[str, Any]) -> Step:
    """What `plain` wrote down.  Raises KeyError for the name of no step."""
    kinds = {name: kind for kind, name in NAMES.items()}
    told = {name: value for name, value in values.items() if name != "next"}
    if "until" in told:
        told["until"] = datetime.fromisoformat(told["until"])
    step: Step = kinds[values["next"]](**told)
    return step
