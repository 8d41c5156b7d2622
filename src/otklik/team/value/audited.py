"""By which margin and discount the value of clients is told."""

from otklik.core.audit.registry import watch
from otklik.team.value.models import Policy

watch(Policy)
