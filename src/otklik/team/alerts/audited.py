"""By which figures the department is woken."""

from otklik.core.audit.registry import watch
from otklik.team.alerts.models import Alert

watch(Alert, codes=("metric",), passing=("streak", "judged_on"))
