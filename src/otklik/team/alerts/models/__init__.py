"""What is watched, and when it rang."""

from otklik.team.alerts.models.alert import Alert
from otklik.team.alerts.models.ringing import Ringing

__all__ = ["Alert", "Ringing"]
