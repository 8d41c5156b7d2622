"""How often the clients of an incident hear from us."""

from otklik.care.incidents.models import IncidentPolicy
from otklik.core.audit.registry import watch

watch(IncidentPolicy)
