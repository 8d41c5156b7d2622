"""What became of one letter for each of those it is for: one server may take it for some of them and not for others.

Fates are kept as `{address: {"state": …, "said": …}}`.  Who is not among them has not been decided about.
"""

from collections.abc import Collection, Iterable
from typing import Final

from django.utils.translation import gettext as _

from otklik.desk.channels.port import Fate, Receipt

SENT: Final = "sent"
WAITING: Final = "waiting"
FAILED: Final = "failed"

type Fates = dict[str, dict[str, str]]


def open_of(recipients: Iterable[str], fates: Fates) -> list[str]:
    """Who has neither got it nor been refused for good: the next attempt is for them alone."""
    return [one for one in recipients if _state(fates, one) not in (SENT, FAILED)]


def after(recipients: Iterable[str], fates: Fates, receipt: Receipt) -> Fates:
    """With what an attempt has decided."""
    known = dict(fates)
    for one in open_of(recipients, fates):
        if refusal := receipt.refused.get(one):
            known[one] = {"state": FAILED if refusal.for_good else WAITING, "said": refusal.said[:500]}
        elif receipt.fate is Fate.SENT:
            known[one] = {"state": SENT}
    return known


def given_up(recipients: Iterable[str], fates: Fates, said: str) -> Fates:
    """Nobody who is still open is tried again; `said` is why, where their own server gave no reason."""
    return fates | {
        one: {"state": FAILED, "said": fates.get(one, {}).get("said") or said[:500]}
        for one in open_of(recipients, fates)
    }


def arrived(recipients: Iterable[str], fates: Fates) -> Fates:
    """A person knows that those have it of whom nobody knew; who was asked to wait still waits."""
    return fates | {one: {"state": SENT} for one in recipients if one not in fates}


def once_more(fates: Fates) -> Fates:
    """A person wants it to be tried again: only who has it is left out."""
    return {one: fate for one, fate in fates.items() if fate["state"] == SENT}


def anybody_has_it(fates: Fates) -> bool:
    return any(fate["state"] == SENT for fate in fates.values())


def anybody_waits(fates: Fates) -> bool:
    return any(fate["state"] == WAITING for fate in fates.values())


def came_back(recipients: Iterable[str], fates: Fates, failed: Collection[str], said: str) -> Fates:
    """A report names some of them, in small letters; of the others nothing else is known than before."""
    return fates | {one: {"state": FAILED, "said": said[:500]} for one in recipients if one.lower() in failed}


def told(recipients: Iterable[str], fates: Fates) -> Fates:
    """What is worth keeping: nothing where all of them have the same fate as the letter."""
    states = {_state(fates, one) for one in recipients}
    return fates if len(states) > 1 else {}


def not_accepted(fates: Fates) -> str:
    """In words, by address; "" when nobody was refused."""
    lines = [f"{one}: {fate['said']}" for one, fate in fates.items() if fate.get("said")]
    return "\n".join([_("Not accepted for:"), *lines]) if lines else ""


def why_not(fates: Fates) -> str:
    """What was said of those who do not have it."""
    return "\n".join(dict.fromkeys(fate["said"] for fate in fates.values() if fate.get("said")))


def _state(fates: Fates, one: str) -> str:
    return fates.get(one, {}).get("state", "")
