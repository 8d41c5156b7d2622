"""How lines give out work."""

from otklik.core.audit.registry import watch
from otklik.desk.routing.models import Distribution, Need

watch(Distribution, passing=("last_given",))
watch(Need)
