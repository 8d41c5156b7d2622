"""How often the clients of an incident hear from us, and whom it is said to concern."""

from otklik.care.incidents.events import ClientsConcerned, ClientsLeftOut
from otklik.care.incidents.models import IncidentPolicy
from otklik.core.audit.registry import hears, watch

watch(IncidentPolicy)
hears(ClientsConcerned, ClientsLeftOut)
