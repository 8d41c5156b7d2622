"""By what conversations are judged: numbered versions that never change once somebody is judged by them."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.care.quality.elements import Element, usual
from otklik.care.quality.states import Family
from otklik.core.journal import clock
from otklik.core.staff.models import Organisation
from otklik.core.versions.part import Part
from otklik.core.versions.versioned import Versioned

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

MOST = 30
"""Criteria of one card."""


class CannotRun(Exception):
    """The version is not fit for judging; the text says why."""


class ScorecardManager(models.Manager["Scorecard"]):
    @transaction.atomic
    def usual(self) -> "Scorecard":
        """The card for all channels; a new desk gets the one that it begins with."""
        found = self.select_for_update().filter(channel="", ended_at=None).first()
        if found:
            return found
        with translation.override(Organisation.objects.current().language):
            card = self.create(name=_now("Five elements of service"))
            version = card.draft()
            for place, told in enumerate(usual(), 1):
                version.criteria.create(position=place, **told._asdict())
        version.run()
        return card

    def version_for(self, channel: str) -> "Version":
        """By which a conversation of this channel is judged now."""
        own = Version.objects.filter(scorecard__channel=channel, scorecard__ended_at=None, frozen_at__isnull=False)
        found = own.order_by("-number").first() if channel else None
        return found or self._usual_version()

    def _usual_version(self) -> "Version":
        version = self.usual().current()
        assert version is not None  # the usual card begins with a version that runs
        return version


class Scorecard(Versioned["Version"]):
    """One card; `channel` is the kind of channel it is for, "" of all that have none of their own."""

    name = models.CharField(_("name"), max_length=120)
    channel = models.CharField(pgettext_lazy("scorecard", "for"), max_length=12, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    objects: ScorecardManager = ScorecardManager()

    if TYPE_CHECKING:
        versions: RelatedManager["Version"]

    class Meta:
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        constraints = [
            models.UniqueConstraint(fields=["channel"], condition=Q(ended_at=None), name="one_scorecard_of_a_channel")
        ]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """One wording of a card; `frozen_at` is since when people are judged by it."""

    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    frozen_at = models.DateTimeField(_("runs since"), null=True)

    if TYPE_CHECKING:
        criteria: RelatedManager["Criterion"]

    class Meta:
        verbose_name = _("version of a scorecard")
        verbose_name_plural = _("versions of scorecards")
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "number"], name="one_card_version_of_a_number"),
            models.UniqueConstraint(fields=["scorecard"], condition=Q(frozen_at=None), name="one_draft_of_a_scorecard"),
        ]

    def __str__(self) -> str:
        return f"{self.scorecard}, {self.number}"

    @transaction.atomic
    def run(self) -> None:
        """New reviews are made by it from now on.  Raises CannotRun."""
        rows = list(self.criteria.all())
        if not sum(one.weight for one in rows):
            raise CannotRun(_now("At least one criterion needs a weight: without one there is no score."))
        if len(rows) > MOST:
            raise CannotRun(_now("A card has %(most)s criteria at most: nobody keeps more in mind.") % {"most": MOST})
        self.frozen_at = clock.now()
        self.save(update_fields=["frozen_at"])

    def copy_into(self, other: "Version") -> None:
        for one in self.criteria.all():
            other.criteria.create(**one.told())

    def said(self) -> list[str]:
        """Each criterion in one line, to tell versions apart."""
        return [one.said() for one in self.criteria.all()]


class Criterion(Part):
    """What is judged.  `steps` is its highest mark; the lowest of a `critical` one is an error of its family."""

    class Scale(models.IntegerChoices):
        YES_NO = 1, _("no or yes: 0, 1")
        PARTLY = 2, _("no, partly, yes: 0 to 2")
        FIVE = 4, _("five steps: 0 to 4")

    version = models.ForeignKey(Version, models.CASCADE, related_name="criteria")
    element = models.CharField(_("element"), max_length=16, choices=Element)
    name = models.CharField(_("what is judged"), max_length=160)
    guidance = models.CharField(
        pgettext_lazy("criterion", "guidance"), max_length=500, blank=True,
        help_text=_("what each mark means, so that two people give the same"),
    )  # fmt: skip
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=10, validators=[MaxValueValidator(100), MinValueValidator(0)],
        help_text=_("0: it is looked at and has no part in the score"),
    )  # fmt: skip
    steps = models.PositiveSmallIntegerField(_("marks"), choices=Scale, default=Scale.FIVE)
    may_skip = models.BooleanField(_("may not apply"), default=True)
    critical = models.CharField(_("the lowest mark is a critical error"), max_length=10, choices=Family, blank=True)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def marks(self) -> list[str]:
        """What may be given, the lowest first."""
        return [str(mark) for mark in range(self.steps + 1)]

    def said(self) -> str:
        parts = [self.name, str(Element(self.element).label), f"{self.weight}", str(self.Scale(self.steps).label)]
        parts += [str(Family(self.critical).label)] if self.critical else []
        return "; ".join([*parts, self.guidance] if self.guidance else parts)
