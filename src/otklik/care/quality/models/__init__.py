"""Scorecards, plans of sampling, reviews with their marks and steps, and calibrations."""

from otklik.care.quality.models.calibration import Calibration
from otklik.care.quality.models.mark import Mark
from otklik.care.quality.models.marking import Told
from otklik.care.quality.models.plan import Draw, Plan
from otklik.care.quality.models.policy import ReviewPolicy
from otklik.care.quality.models.review import Review
from otklik.care.quality.models.scorecard import CannotRun, Criterion, Scorecard, Version
from otklik.care.quality.models.step import Step

__all__ = [
    "Calibration",
    "CannotRun",
    "Criterion",
    "Draw",
    "Mark",
    "Plan",
    "Review",
    "ReviewPolicy",
    "Scorecard",
    "Step",
    "Told",
    "Version",
]
