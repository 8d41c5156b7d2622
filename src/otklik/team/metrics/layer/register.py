"""Words of the register: the chapters of METRICS, and the pages that tell a metric."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Chapter(models.TextChoices):
    """Of METRICS."""

    CLIENTS = "clients", _("What clients say")
    VALUE = "value", _("Value of clients")
    SPEED = "speed", _("Speed and flow")
    STAFF = "staff", _("Staffing")
    QUALITY = "quality", _("Quality and knowledge")
    COMPLAINTS = "complaints", _("Complaints")
    INCIDENTS = "incidents", _("Incidents and availability")
    PEOPLE = "people", _("People")
    GOALS = "goals", _("Goals and promises")


class WhyNot(models.TextChoices):
    """Why a figure is told by its page alone: no board, alert, goal or program asks for it by name."""

    MONEY = "money", _("money, of each currency by itself")
    TABLE = "table", _("a table or a curve, no single figure")
    TYPED = "typed", _("reckoned from numbers that one types")
    EACH = "each", _("of each thing by itself, and never of all together")


class Place(models.TextChoices):
    """A page that tells a metric with its definition, from a room of its own."""

    VALUE = "value", _("Value of clients")
    REPEATS = "repeats", _("Cost of repeats")
    SURVEYS = "surveys", _("What clients say")
    INDICATORS = "indicators", _("Plan and fact")
    BONUS = "bonus", _("Bonuses")
    STAFFING = "staffing", _("How many people")
    CLASSES = "classes", _("Service classes")
    PUBLIC = "public", _("What we promise")
    GOALS = "goals", _("Goals")
    PLAN = "plan", _("Plan of the quarter")
    RETROS = "retros", _("Retrospectives")
    BAD_DAYS = "bad_days", _("Bad days")
    CREDIT = "credit", _("Money back")
    PROBLEMS = "problems", _("Problems")
    CANDIDATES = "candidates", _("Candidates of problems")
    SKILLS = "skills", _("Skills")
    HIRING = "hiring", _("Hiring")
