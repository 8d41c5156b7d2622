"""Problems are about us: their words name no client, their requests are known by number."""

from otklik.care.problems.models import Candidate, Problem
from otklik.core.datamap import are_codes, free

OURS = "words of the desk about its own work, the same for everybody; the form asks to name no client"
free(Problem, "title", "notices", "workaround", "cause", "reason", "result", "checked", "key", because=OURS)
free(Problem, "article_name", because="the title of an article of ours")
free(Candidate, "key", because="numbers of ours")
free(Candidate, "article_name", because="the title of an article of ours")
free(Candidate, "why", because=OURS)
are_codes("problems.ProblemMoved.state", "problems.ProblemMoved.was", "problems.ProblemCorrected.field")
are_codes("problems.ProblemPutOff.until", "problems.ProblemPutOff.was", "problems.CandidateRefused.until")
