"""Who of a line can be given work now, and how much they have."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Availability, Membership, Role, User
from otklik.core.staff.models.attending import WORD_HOLDS
from otklik.desk.calls.models import Call
from otklik.desk.routing import kinds, loads


@dataclass
class Hand:
    """A ready person: what they can do, how much of each kind they take and have."""

    person: User
    skills: frozenset[int]
    capacity: dict[str, int]
    load: Counter[str] = field(default_factory=Counter)

    @property
    def work(self) -> int:
        """Open tickets of our move, of all lines and kinds."""
        return self.load.total()

    def fits(self, kind: str, needs: frozenset[int]) -> bool:
        """Who has more than is counted is full, and nobody is given a kind of work that they do not take now."""
        if not kinds.is_taken(self.person.takes, kind):
            return False
        room = self.capacity.get(kind)
        return needs <= self.skills and (room is None or (self.load[kind] < room and self.work < loads.MOST))


def of_line(team_id: int) -> list[Hand]:
    """Ready, at work, not absent and in no call nor in the time after one, in the order of their numbers.

    Held until the transaction ends: another line that gives to the same people counts after this one has given.
    """
    now = clock.now()
    held = User.objects.select_for_update(of=("self",), no_key=True).filter(memberships__team=team_id).order_by("pk")
    members = Membership.objects.filter(
        team=team_id,
        user__in=[person.pk for person in held.only("pk")],
        user__is_active=True,
        user__availability=Availability.READY,
        user__availability_since__gt=now - WORD_HOLDS,
    )
    members = members.exclude(user__role=Role.QUALITY).exclude(user__in=Absence.objects.at(now).values("user"))
    members = members.exclude(user__in=Call.objects.busy(members.values_list("user_id", flat=True)))
    found = members.select_related("user").prefetch_related("user__abilities").order_by("user_id")
    hands = [Hand(one.user, _able(one.user), dict(one.capacity)) for one in found]
    _weigh(hands, now)
    return hands


def _able(person: User) -> frozenset[int]:
    """Who is good at it only with help is given nothing that needs it."""
    return frozenset(one.skill_id for one in person.abilities.all() if one.is_able)


def _weigh(hands: Iterable[Hand], now: datetime) -> None:
    by_person = {hand.person.pk: hand for hand in hands}
    for owner, kind, count, _late in loads.of_people(by_person, now):
        by_person[owner].load[kind] += count


def least_loaded(hands: list[Hand], after: int) -> Hand:
    """Of those with the same work the one whose turn it is."""
    return min(in_turn(hands, after), key=lambda hand: hand.work)


def in_turn(hands: list[Hand], after: int) -> list[Hand]:
    """Beginning with the one who comes after that person."""
    return sorted(hands, key=lambda hand: (hand.person.pk <= after, hand.person.pk))
