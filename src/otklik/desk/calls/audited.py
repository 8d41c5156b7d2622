"""How calls are answered, and at which inner numbers."""

from otklik.core.audit.registry import watch
from otklik.desk.calls.models import Extension, Manner

watch(Manner)
watch(Extension)
