"""What lines told each other about a request."""

from otklik.core.datamap import Place, declare
from otklik.desk.routing.models import Handover

declare(Place(Handover, {"ticket": "ticket"}, words=("question", "tried", "expected", "return_reason")))
