"""What a post asks of a person: criteria with a class, a level and anchors (METRICS P1)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.staff.models import User

LEVELS = range(1, 6)


class Sort(models.TextChoices):
    """Classes of criteria; a must is a gate, the others weigh 3, 1 and ½."""

    MUST = "must", pgettext_lazy("a criterion", "must")
    IMPORTANT = "important", pgettext_lazy("a criterion", "important")
    TRAINABLE = "trainable", pgettext_lazy("a criterion", "can be taught")
    PLUS = "plus", pgettext_lazy("a criterion", "a plus")


class HiringProfile(models.Model):
    """Written once: marks stand against it, so that another need is another profile."""

    name = models.CharField(_("name"), max_length=120)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("profile of a post")
        verbose_name_plural = _("profiles of posts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class ProfileCriterion(models.Model):
    """`question` is asked of every candidate alike; `anchors` say what is seen at which level, 1 to 5."""

    profile = models.ForeignKey(HiringProfile, models.CASCADE, related_name="criteria", verbose_name=_("profile"))
    place = models.PositiveSmallIntegerField(_("place"), default=0)
    name = models.CharField(_("criterion"), max_length=120)
    sort = models.CharField(_("class"), max_length=9, choices=Sort, default=Sort.IMPORTANT)
    required = models.PositiveSmallIntegerField(
        _("level that is needed, 1 to 5"), default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    trainable = models.BooleanField(_("a must that can be taught"), default=False)
    question = models.CharField(_("question or task, the same for everybody"), max_length=300)
    anchors = models.TextField(_("what is seen at which level"), max_length=1000)

    class Meta:
        verbose_name = _("criterion of a profile")
        verbose_name_plural = _("criteria of profiles")
        ordering = ["place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(required__gte=1, required__lte=5), name="profile_criterion_has_a_level"
            )
        ]

    def __str__(self) -> str:
        return self.name
