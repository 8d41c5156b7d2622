"""Rules with what they did, macros, endpoints of other programs with what was sent to them, panels they fill."""

from otklik.desk.automation.models.firing import Firing
from otklik.desk.automation.models.macro import Application, Macro
from otklik.desk.automation.models.panel import Panel
from otklik.desk.automation.models.rule import Rule, Trigger
from otklik.desk.automation.models.webhook import Delivery, Endpoint

__all__ = ["Application", "Delivery", "Endpoint", "Firing", "Macro", "Panel", "Rule", "Trigger"]
