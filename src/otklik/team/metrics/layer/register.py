"""Words of the register: the chapters of METRICS, the pages that tell a metric, what one that is missing needs."""

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


class Place(models.TextChoices):
    """A page that tells a metric with its definition, from a room of its own."""

    VALUE = "value", _("Value of clients")
    REPEATS = "repeats", _("Cost of repeats")
    SURVEYS = "surveys", _("What clients say")
    COMPLAINTS = "complaints", _("Complaints")
    INCIDENTS = "incidents", _("Incidents")
    IMPROVEMENTS = "improvements", _("Improvements")
    INDICATORS = "indicators", _("Plan and fact")
    BONUS = "bonus", _("Bonuses")
    KNOWLEDGE = "knowledge", _("Knowledge base")
    SHIFT = "shift", _("Shift board")
    STAFFING = "staffing", _("How many people")
    CLASSES = "classes", _("Service classes")
    PUBLIC = "public", _("What we promise")
    GOALS = "goals", _("Goals")
    PLAN = "plan", _("Plan of the quarter")
    RETROS = "retros", _("Retrospectives")
    BAD_DAYS = "bad_days", _("Bad days")
    HIRING = "hiring", _("Hiring")
    NEWCOMERS = "newcomers", _("Newcomers")
    TRAINING = "training", _("Training and attestation")


class Why(models.TextChoices):
    """What a metric that is missing needs first."""

    EVENTS = "events", _("needs known events ahead of a client, and the notice that was given")
    ROSTER = "roster", _("needs the room of shifts and staffing")
    PROBLEMS = "problems", _("needs the room of problems")
    FORM = "form", _("needs a form in which an article is offered before a request is sent")
    STATUS_PAGE = "status_page", _("needs components of the service and their outages")
    SKILLS = "skills", _("needs levels of skills")
