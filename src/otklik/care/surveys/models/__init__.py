"""Surveys with their versions and questions, whom they were sent to, what came back and what we did about it."""

from otklik.care.surveys.models.answer import SATISFIED, Answer, Score
from otklik.care.surveys.models.filling import TooLate
from otklik.care.surveys.models.follow_up import FollowUp
from otklik.care.surveys.models.invitation import OPEN_FOR, Invitation, can_be_rated
from otklik.care.surveys.models.outside import OutsideAnswer
from otklik.care.surveys.models.survey import MOST_QUESTIONS, CannotBegin, Survey
from otklik.care.surveys.models.tally import Tallied, Tally
from otklik.care.surveys.models.version import Question, Version
from otklik.care.surveys.models.writing import digest
from otklik.care.surveys.reviews import PublicPage, PublicPages, Review

__all__ = [
    "MOST_QUESTIONS",
    "OPEN_FOR",
    "SATISFIED",
    "Answer",
    "CannotBegin",
    "FollowUp",
    "Invitation",
    "OutsideAnswer",
    "PublicPage",
    "PublicPages",
    "Question",
    "Review",
    "Score",
    "Survey",
    "Tallied",
    "Tally",
    "TooLate",
    "Version",
    "can_be_rated",
    "digest",
]
