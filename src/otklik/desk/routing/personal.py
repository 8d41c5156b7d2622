"""What lines told each other about a request."""

from otklik.core.datamap import Place, declare, free
from otklik.desk.routing.models import Handover, Pick

declare(Place(Handover, {"ticket": "ticket"}, words=("question", "tried", "expected", "return_reason")))
free(Pick, "passed", because="numbers")
