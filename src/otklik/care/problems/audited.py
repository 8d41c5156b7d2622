"""That something is no problem, and that one is lived with, is kept with who said so."""

from otklik.care.problems.events import CandidateRefused
from otklik.core.audit.registry import hears

hears(CandidateRefused)
