"""Which conversations of a person are drawn: at random within their channels, the same again from the same seed."""

from collections import defaultdict
from collections.abc import Iterable
from random import Random
from typing import NamedTuple


class Candidate(NamedTuple):
    """A conversation that may be drawn, of whom and by which channel."""

    ticket: int
    person: int
    channel: str


def drawn(candidates: Iterable[Candidate], count: int, seed: int) -> list[Candidate]:
    """`count` of each person, of each channel in turn as long as it has any; fewer only where there are no more.

    Each stratum is shuffled by the seed with its own name, so that the draw of one person does not hang on who else
    works here; channels take turns in an order that is drawn as well.
    """
    strata: dict[int, dict[str, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(set(candidates)):
        strata[one.person][one.channel].append(one)
    found: list[Candidate] = []
    for person, channels in sorted(strata.items()):
        turns = sorted(channels)
        Random(f"{seed}/{person}").shuffle(turns)  # noqa: S311 - a sample that can be drawn again, no secret
        for channel in turns:
            Random(f"{seed}/{person}/{channel}").shuffle(channels[channel])  # noqa: S311
        found += _in_turn([channels[channel] for channel in turns], count)
    return found


def _in_turn(stacks: list[list[Candidate]], count: int) -> list[Candidate]:
    longest = max(map(len, stacks), default=0)
    found = [stack[place] for place in range(longest) for stack in stacks if place < len(stack)]
    return found[:count]
