"""Complaints with their facts and measures, what belongs together, and the terms of the department."""

from otklik.care.complaints.models.complaint import Complaint
from otklik.care.complaints.models.fact import Fact
from otklik.care.complaints.models.filing import Filing
from otklik.care.complaints.models.likeness import Likeness, NoComplaint
from otklik.care.complaints.models.measure import Measure
from otklik.care.complaints.models.policy import ComplaintPolicy

__all__ = ["Complaint", "ComplaintPolicy", "Fact", "Filing", "Likeness", "Measure", "NoComplaint"]
