"""Nouns of this room."""

from otklik.care.problems.models.candidate import Candidate as Candidate
from otklik.care.problems.models.linked import Linked as Linked
from otklik.care.problems.models.problem import Problem as Problem
from otklik.care.problems.models.unlinked import Unlinked as Unlinked
