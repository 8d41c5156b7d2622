"""Nouns of this room."""

from otklik.care.incidents.models.action import Action as Action
from otklik.care.incidents.models.affected import Affected as Affected
from otklik.care.incidents.models.cause import Cause as Cause
from otklik.care.incidents.models.finding import Concerned as Concerned
from otklik.care.incidents.models.finding import Finding as Finding
from otklik.care.incidents.models.incident import Incident as Incident
from otklik.care.incidents.models.policy import IncidentPolicy as IncidentPolicy
from otklik.care.incidents.models.update import Told as Told
from otklik.care.incidents.models.update import Update as Update
