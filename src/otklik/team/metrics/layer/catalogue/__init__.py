"""Every metric that there is, defined once (METRICS, appendix C)."""

from otklik.team.metrics.layer.catalogue.calls import CALLS
from otklik.team.metrics.layer.catalogue.clients import CLIENTS
from otklik.team.metrics.layer.catalogue.flow import FLOW
from otklik.team.metrics.layer.catalogue.held import HELD
from otklik.team.metrics.layer.catalogue.knowledge import KNOWLEDGE
from otklik.team.metrics.layer.catalogue.past import PAST
from otklik.team.metrics.layer.catalogue.quality import QUALITY
from otklik.team.metrics.layer.catalogue.speed import SPEED
from otklik.team.metrics.layer.catalogue.standing_now import STANDING

METRICS = {
    metric.id: metric
    for metric in (*FLOW, *SPEED, *HELD, *CALLS, *KNOWLEDGE, *CLIENTS, *QUALITY, *STANDING, *PAST)
}
