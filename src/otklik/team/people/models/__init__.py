"""Profiles, vacancies and candidates; newcomers; courses, waves and attestations."""

from otklik.team.people.models.attestation import AnswerSheet, Attestation, KnowledgeTest
from otklik.team.people.models.candidate import Candidate, Stage, Vacancy
from otklik.team.people.models.onboarding import Checkpoint, Onboarding, StandardStep
from otklik.team.people.models.profile import HiringProfile, ProfileCriterion, Sort
from otklik.team.people.models.sheet import Discussion, Mark, Sheet
from otklik.team.people.models.training import Course, Seat, Wave

__all__ = [
    "AnswerSheet",
    "Attestation",
    "Candidate",
    "Checkpoint",
    "Course",
    "Discussion",
    "HiringProfile",
    "KnowledgeTest",
    "Mark",
    "Onboarding",
    "ProfileCriterion",
    "Seat",
    "Sheet",
    "Sort",
    "Stage",
    "StandardStep",
    "Vacancy",
    "Wave",
]
