"""A report, its readers, and what left."""

from otklik.team.reports.models.report import MOST_READERS, MOST_REPORTS, Reader, Report, Subject
from otklik.team.reports.models.sending import Sending, State

__all__ = ["MOST_READERS", "MOST_REPORTS", "Reader", "Report", "Sending", "State", "Subject"]
