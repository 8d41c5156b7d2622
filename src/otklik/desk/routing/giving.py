"""Giving out what nobody has, in the order of turns: one ticket at a time, one giver for each line."""

import logging
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from otklik.core.staff.models import Takes
from otklik.desk.channels.models import Channel
from otklik.desk.routing import hands
from otklik.desk.routing.hands import Hand
from otklik.desk.routing.models.distribution import BY_ITSELF, Distribution, Mode, Need
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.picks import Way

logger = logging.getLogger(__name__)


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
    needs = Need.objects.by_channel()
    queue, passed = Ticket.objects.filter(team=team_id).exclude(_beyond(ready, needs)), list[int]()
    while free := queue.exclude(pk__in=passed).next_without_owner():
        needed = needs.get(free.conversation.channel_id, frozenset())
        fitting = [hand for hand in ready if hand.fits(free.channel_kind, needed)]
        if able := [hand for hand in fitting if hand.person.pk not in free.closed_to]:
            _give(free, _chosen(row, able), row)
            return True
        passed.append(free.pk)  # all who could take it are protected from its client
    return False


def _beyond(ready: list[Hand], needs: Mapping[int, frozenset[int]]) -> Q:
    """What none of them can take: kinds of which everybody has enough or that nobody wants now, channels that need
    what nobody can do.
    """
    limited = {kind for hand in ready for kind in hand.capacity}
    if all(hand.person.takes != Takes.ANY for hand in ready):
        limited |= set(Channel.objects.kinds())
    full = [kind for kind in limited if not any(hand.fits(kind, frozenset()) for hand in ready)]
    kinds = Channel.objects.filter(pk__in=needs).values_list("pk", "kind")
    unfit = [pk for pk, kind in kinds if not any(hand.fits(kind, needs[pk]) for hand in ready)]
    return Q(channel_kind__in=full) | Q(conversation__channel__in=unfit)


def _chosen(row: Distribution, fitting: list[Hand]) -> Hand:
    last = row.last_given_id or 0
    return hands.in_turn(fitting, last)[0] if row.mode == Mode.ROUND else hands.least_loaded(fitting, last)


def _give(ticket: Ticket, hand: Hand, row: Distribution) -> None:
    ticket.assign(hand.person, by=None, way=Way.GIVEN)
    row.last_given = hand.person
    row.save(update_fields=["last_given"])
