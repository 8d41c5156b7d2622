"""Of whom we know what is ahead; the words of a notice are where all messages are."""

from otklik.care.outreach.models import Upcoming
from otklik.core.datamap import Fate, Place, declare, free

declare(Place(Upcoming, {"contact": "contact"}, fate=Fate.REMOVED))
free(Upcoming, "kind", "dropped", "held_back", because="codes of ours")
