"""Of the department, not of clients: whom to reach on a bad day are colleagues and suppliers."""

from otklik.core.datamap import free
from otklik.team.continuity.models import Drill, Scenario

WHY = "how the department works"
free(
    Scenario, "name", "trigger", "first_minutes", "roles", "contacts", "channel", "client_message", "back", because=WHY
)
free(Drill, "findings", because=WHY)
