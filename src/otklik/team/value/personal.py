"""Sums of many clients: no row is about one."""

from otklik.core.datamap import free
from otklik.team.value.models import Cohort, Contrast, Course, Tally

free(Tally, "currency", "side", "key", because="names of our plans, codes and numbers of rows")
free(Course, "currency", because="a code")
free(Cohort, "currency", because="a code")
free(Contrast, "kind", because="a code")
