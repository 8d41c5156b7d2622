"""Giving out what nobody has, in the order of turns: one ticket at a time, one giver for each line."""

import logging
from collections import defaultdict

from django.db import transaction

from otklik.core.journal import clock
from otklik.desk.routing import hands
from otklik.desk.routing.hands import Hand
from otklik.desk.routing.models.distribution import BY_ITSELF, Distribution, Mode, Need
from otklik.desk.tickets.models import Ticket

logger = logging.getLogger(__name__)

LOOKED_AT = 200
"""So many of the queue are looked at for one that somebody can take; the rest waits for the next look."""


def give_out(team_id: int) -> int:
    """Until nobody can take more or nothing waits; each in its own transaction.  Returns how many were given."""
    count = 0
    while _give_one(team_id):
        count += 1
    return count


def give_out_everywhere() -> int:
    """Every line that gives by itself; one that fails does not hold the others."""
    count = 0
    for team_id in Distribution.objects.filter(mode__in=BY_ITSELF).values_list("team_id", flat=True):
        try:
            count += give_out(team_id)
        except Exception:
            logger.exception("line %s cannot give out", team_id)
    return count


@transaction.atomic
def _give_one(team_id: int) -> bool:
    """The row of the line is held, so two givers do not count the same free hands."""
    row = Distribution.objects.select_for_update().filter(team=team_id, mode__in=BY_ITSELF).first()
    if row is None or not (ready := hands.of_line(team_id)):
        return False
    needs = _needs()
    waiting = Ticket.objects.filter(team=team_id).our_move().unowned().by_turn(clock.now())
    told = waiting.values_list("pk", "channel_kind", "conversation__channel_id")[:LOOKED_AT]
    for pk, kind, channel in told:
        fitting = [hand for hand in ready if hand.fits(kind, frozenset(needs[channel]))]
        if not fitting:
            continue
        free = waiting.filter(pk=pk).select_for_update(skip_locked=True, of=("self",)).first()
        if free is not None:
            _give(free, _chosen(row, fitting), row)
            return True
    return False


def _chosen(row: Distribution, fitting: list[Hand]) -> Hand:
    last = row.last_given_id or 0
    return hands.in_turn(fitting, last)[0] if row.mode == Mode.ROUND else hands.least_loaded(fitting, last)


def _give(ticket: Ticket, hand: Hand, row: Distribution) -> None:
    ticket.assign(hand.person, by=None)
    row.last_given = hand.person
    row.save(update_fields=["last_given"])


def _needs() -> defaultdict[int, set[int]]:
    needs: defaultdict[int, set[int]] = defaultdict(set)
    for channel, skill in Need.objects.values_list("channel_id", "skill_id"):
        needs[channel].add(skill)
    return needs
