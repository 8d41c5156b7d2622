"""Every metric that there is, defined once (METRICS, appendix C)."""

from otklik.team.metrics.layer.catalogue.attending import ATTENDING
from otklik.team.metrics.layer.catalogue.beforehand import BEFOREHAND
from otklik.team.metrics.layer.catalogue.calls import CALLS
from otklik.team.metrics.layer.catalogue.carded import CARDS
from otklik.team.metrics.layer.catalogue.clients import CLIENTS
from otklik.team.metrics.layer.catalogue.complaining import COMPLAINTS
from otklik.team.metrics.layer.catalogue.contacts import CONTACTS
from otklik.team.metrics.layer.catalogue.elsewhere import ELSEWHERE
from otklik.team.metrics.layer.catalogue.failing import INCIDENTS
from otklik.team.metrics.layer.catalogue.flow import FLOW
from otklik.team.metrics.layer.catalogue.following import FOLLOWING
from otklik.team.metrics.layer.catalogue.foretold import FORETOLD
from otklik.team.metrics.layer.catalogue.held import HELD
from otklik.team.metrics.layer.catalogue.knowledge import KNOWLEDGE
from otklik.team.metrics.layer.catalogue.learning import LEARNING
from otklik.team.metrics.layer.catalogue.past import PAST
from otklik.team.metrics.layer.catalogue.picking import PICKING
from otklik.team.metrics.layer.catalogue.promising import PROMISING
from otklik.team.metrics.layer.catalogue.quality import QUALITY
from otklik.team.metrics.layer.catalogue.reaching import REACHING
from otklik.team.metrics.layer.catalogue.recommending import RECOMMENDING
from otklik.team.metrics.layer.catalogue.rooms import OF_ROOMS
from otklik.team.metrics.layer.catalogue.rostered import ROSTERED
from otklik.team.metrics.layer.catalogue.speed import SPEED
from otklik.team.metrics.layer.catalogue.standing_now import STANDING
from otklik.team.metrics.layer.catalogue.statuses import STATUSES
from otklik.team.metrics.layer.catalogue.told import TOLD
from otklik.team.metrics.layer.catalogue.waiting import WAITING
from otklik.team.metrics.layer.catalogue.watched import WATCHED

ALL = (
    *(*FLOW, *CONTACTS, *TOLD, *SPEED, *STATUSES, *HELD, *PICKING, *CALLS, *REACHING, *ATTENDING, *ROSTERED),
    *(*KNOWLEDGE, *CLIENTS, *RECOMMENDING, *FOLLOWING, *ELSEWHERE, *QUALITY, *COMPLAINTS, *INCIDENTS, *LEARNING),
    *(*WATCHED, *BEFOREHAND, *FORETOLD, *STANDING, *WAITING, *PROMISING, *CARDS, *OF_ROOMS, *PAST),
)
METRICS = {metric.id: metric for metric in ALL}
