"""Reports are settings of our people; what a letter said is kept nowhere."""

from otklik.core.datamap import free
from otklik.team.reports.models import Report, Sending

free(Report, "name", because="a name that our people gave")
free(Sending, "why", because="why a letter to a colleague did not leave")
