"""Nouns of this room."""

from otklik.care.outreach.models.policy import OutreachPolicy as OutreachPolicy
from otklik.care.outreach.models.upcoming import Dropped as Dropped
from otklik.care.outreach.models.upcoming import Kind as Kind
from otklik.care.outreach.models.upcoming import Upcoming as Upcoming
