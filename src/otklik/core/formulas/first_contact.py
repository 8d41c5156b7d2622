"""Issues that were over with their first contact."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from itertools import pairwise
from typing import Any, TypedDict

from otklik.core.formulas.arguments import at_least_zero
from otklik.core.formulas.instants import DAY, Instant, micros
from otklik.core.formulas.proportions import wilson

type Contact = Mapping[str, Any]
type Issue = list[Contact]
"""Contacts of one client about one reason, none of them long after the one before."""


class Fcr(TypedDict):
    issues: int
    immature: int
    gross: float | None
    net: float | None
    repeat_rate: float | None


def fcr(contacts: Iterable[Contact], as_of: Instant, window_days: float = 7) -> Fcr:
    """Issues with exactly one contact, resolved and not escalated, ÷ all issues (V14; HDI, SQM).

    Contacts are `{"client", "reason", "at", "resolved", "escalated", "eligible"}`; one of an unknown client (`None`) or
    after `as_of` is left out.  An issue is judged when the window after its last contact is over; net leaves out those
    that cannot be solved at once.  `repeat_rate` = (contacts − issues) ÷ contacts of the judged.
    """
    at_least_zero(window=window_days)
    limit, window = micros(as_of), round(window_days * DAY)
    known = [contact for contact in contacts if contact["client"] is not None and micros(contact["at"]) <= limit]
    issues = issues_of(known, window_days)
    judged = [issue for issue in issues if limit >= micros(issue[-1]["at"]) + window]
    able = [issue for issue in judged if able_at_once(issue)]
    count = sum(map(len, judged))
    return {
        "issues": len(judged),
        "immature": len(issues) - len(judged),
        "gross": wilson(sum(map(at_once, judged)), len(judged))["p"],
        "net": wilson(sum(map(at_once, able)), len(able))["p"],
        "repeat_rate": wilson(count - len(judged), count)["p"],
    }


def issues_of(contacts: Iterable[Contact], window_days: float = 7) -> list[Issue]:
    """What makes one matter together: contacts of `fcr`, the issues of each client and reason in the order of time."""
    subjects: dict[Hashable, Issue] = defaultdict(list)
    for contact in sorted(contacts, key=lambda contact: micros(contact["at"])):
        subjects[contact["client"], contact["reason"]].append(contact)
    window = round(window_days * DAY)
    return [issue for chain in subjects.values() for issue in _parted(chain, window)]


def _parted(chain: Issue, window: int) -> list[Issue]:
    issues = [[chain[0]]]
    for earlier, later in pairwise(chain):
        if micros(later["at"]) - micros(earlier["at"]) > window:
            issues.append([])
        issues[-1].append(later)
    return issues


def at_once(issue: Issue) -> bool:
    """Whether its first contact ended it."""
    return len(issue) == 1 and bool(issue[0]["resolved"]) and not issue[0].get("escalated")


def able_at_once(issue: Issue) -> bool:
    """Whether it could have been: net shares leave the others out."""
    return all(contact.get("eligible", True) for contact in issue)
