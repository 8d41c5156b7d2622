"""In which order a list of open requests stands."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Order(models.TextChoices):
    """The nearest moment first is the work; the others are for looking at a list, as its reader asks (UI-11)."""

    DUE = "due", pgettext_lazy("order", "The nearest date first")
    NEWEST = "newest", pgettext_lazy("order", "The newest first")
    OLDEST = "oldest", pgettext_lazy("order", "The oldest first")
