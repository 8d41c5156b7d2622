from otklik.desk.sla.models.agreement import Agreement
from otklik.desk.sla.models.clock import Clock, Hours, Kind, Recount
from otklik.desk.sla.models.service_class import ServiceClass
from otklik.desk.sla.models.version import State, Target, Version

__all__ = ["Agreement", "Clock", "Hours", "Kind", "Recount", "ServiceClass", "State", "Target", "Version"]
