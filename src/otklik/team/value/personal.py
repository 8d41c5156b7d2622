"""Sums of many clients: no row is about one."""

from otklik.core.datamap import free
from otklik.team.value.models import Buyers, Cohort, Contrast, Course, Tally

free(Tally, "currency", "side", "key", because="names of our plans, codes and numbers of rows")
free(Course, "currency", because="a code")
free(Cohort, "currency", because="a code")
free(Contrast, "kind", because="a code")
free(Buyers, "currency", "groups", because="a code, and sums of three hundred clients or more")
