"""Nouns of this room."""

from otklik.care.status.models.check import Check as Check
from otklik.care.status.models.component import Component as Component
from otklik.care.status.models.component import Group as Group
from otklik.care.status.models.component import Target as Target
from otklik.care.status.models.outage import Outage as Outage
from otklik.care.status.models.policy import StatusPolicy as StatusPolicy
from otklik.care.status.models.report import Note as Note
from otklik.care.status.models.report import Report as Report
from otklik.care.status.models.subscriber import Mailed as Mailed
from otklik.care.status.models.subscriber import Subscriber as Subscriber
from otklik.care.status.models.works import Works as Works
