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
    SURVEYS = "surveys", _("What clients say")
    COMPLAINTS = "complaints", _("Complaints")
    INCIDENTS = "incidents", _("Incidents")
    IMPROVEMENTS = "improvements", _("Improvements")
    INDICATORS = "indicators", _("Plan and fact")
    BONUS = "bonus", _("Bonuses")
    KNOWLEDGE = "knowledge", _("Knowledge base")
    SHIFT = "shift", _("Shift board")
    CLASSES = "classes", _("Service classes")


class Why(models.TextChoices):
    """What a metric that is missing needs first."""

    QUESTION = "question", _("no survey asks yet whether it was solved at once")
    LOG = "log", _("needs a log of who was able to work and when")
    PICKS = "picks", _("needs a log of what waited when somebody took a request")
    CARD = "card", _("needs a card of what was told when a request is passed on")
    BOUNCE = "bounce", _("nobody records that a client was sent to another channel")
    HOURS = "hours", _("the number of this moment is here; its hours need a log")
    REACH = "reach", _("needs published hours of each channel and who covered them")
    COMPLETE = "complete", _("nobody confirms fields of a card with a date")
    EVENTS = "events", _("needs known events ahead of a client, and the notice that was given")
    ROSTER = "roster", _("needs the room of shifts and staffing")
    COST = "cost", _("needs the cost of an hour of work")
    PROBLEMS = "problems", _("needs the room of problems")
    FORM = "form", _("needs a form in which an article is offered before a request is sent")
    ACTIVE = "active", _("needs clients who complained to be followed for half a year")
    STATUS_PAGE = "status_page", _("needs components of the service and their outages")
    HIRING = "hiring", _("needs the room of hiring")
    TRAINING = "training", _("needs the room of training")
    MIX = "mix", _("needs what is expected of each kind of request")
    QUARTERS = "quarters", _("needs plans by quarter")
    LASTING = "lasting", _("needs the working time that open requests have taken so far")
    PUBLIC = "public", _("needs a public promise of the company")
