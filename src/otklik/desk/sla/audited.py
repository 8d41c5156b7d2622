"""What is promised to whom."""

from otklik.core.audit.registry import hears, watch
from otklik.desk.sla import events
from otklik.desk.sla.models import Agreement, ServiceClass, Target, Version

for model in (ServiceClass, Target, Agreement):
    watch(model)
watch(Version, passing=("found", "checked_at"))
hears(events.VersionInForce, events.AgreementMade, events.AgreementEnded)
