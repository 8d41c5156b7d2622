"""What the desk does by itself, and which programs hear of it."""

from otklik.core.audit.registry import watch
from otklik.desk.automation.models import Endpoint, Macro, Panel, Rule

watch(Rule, passing=("looked_at", "changed_at"))
watch(Macro, passing=("changed_at",))
watch(Endpoint, codes=("events",), passing=("failing_since", "changed_at"))
watch(Panel, codes=("tells", "roles"), passing=(*Panel.WORKS, "changed_at"))
