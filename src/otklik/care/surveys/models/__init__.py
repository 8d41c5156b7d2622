"""Surveys with their versions and questions, whom they were sent to, what came back and what we did about it."""

from otklik.care.surveys.models.answer import SATISFIED, Answer, Score
from otklik.care.surveys.models.follow_up import FollowUp
from otklik.care.surveys.models.invitation import OPEN_FOR, Invitation, TooLate, can_be_rated, digest
from otklik.care.surveys.models.survey import MOST_QUESTIONS, CannotBegin, Survey
from otklik.care.surveys.models.version import Frozen, Question, Version

__all__ = [
    "MOST_QUESTIONS",
    "OPEN_FOR",
    "SATISFIED",
    "Answer",
    "CannotBegin",
    "FollowUp",
    "Frozen",
    "Invitation",
    "Question",
    "Score",
    "Survey",
    "TooLate",
    "Version",
    "can_be_rated",
    "digest",
]
