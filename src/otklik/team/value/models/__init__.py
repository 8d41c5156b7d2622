from otklik.team.value.models.buyers import Buyers as Buyers
from otklik.team.value.models.counted import Cohort as Cohort
from otklik.team.value.models.counted import Contrast as Contrast
from otklik.team.value.models.counted import Counted as Counted
from otklik.team.value.models.counted import Course as Course
from otklik.team.value.models.counted import Tally as Tally
from otklik.team.value.models.policy import Policy as Policy
