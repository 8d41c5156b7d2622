"""Terms of complaints are watched."""

from otklik.care.complaints.models import ComplaintPolicy
from otklik.core.audit.registry import watch

watch(ComplaintPolicy)
