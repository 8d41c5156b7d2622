"""What an independent provider was told by our clients: kept apart from every answer of our own surveys."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.scales import OUTSIDE
from otklik.core.staff.models import Team
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket

LONGEST_NAME = 40
LONGEST_AREA = 120

type Key = tuple[str, str, str]
"""Identifier of a questionnaire, scale, area."""


class OutsideAnswerQuerySet(models.QuerySet["OutsideAnswer"]):
    def known(self, source: str, identifiers: Iterable[str]) -> "dict[Key, OutsideAnswer]":
        """Of the questionnaires with these identifiers of that provider, each of their marks."""
        return {one.key: one for one in self.filter(source=source, external_id__in=set(identifiers))}

    def seen_by(self, teams: Iterable[int] | None) -> "OutsideAnswerQuerySet":
        """About these lines; what is about none is for those who see the whole department (None)."""
        return self if teams is None else self.filter(team__in=list(teams))


class OutsideAnswer(models.Model):
    """One mark on one scale, with the words beside it; whose it is and about what is known only where they told us.

    `source` is the provider, `external_id` what the provider calls the questionnaire: with the scale and the area it is
    one mark, and read again the same one.  It is no `Score` and no `Answer`, it owes nobody a talk, and no metric of
    ours counts it.
    """

    source = models.CharField(_("provider"), max_length=LONGEST_NAME)
    external_id = models.CharField(_("identifier there"), max_length=200)
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("scale"), max_length=8, choices=[(one.value, one.label) for one in OUTSIDE])
    value = models.PositiveSmallIntegerField(_("mark"))
    words = models.TextField(_("in their words"), blank=True)
    area = models.CharField(_("area"), max_length=LONGEST_AREA, blank=True)
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="+", verbose_name=_("request"))
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+", verbose_name=_("client"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", verbose_name=_("line"))

    objects = OutsideAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of an independent survey")
        verbose_name_plural = _("answers of independent surveys")
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id", "kind", "area"], name="one_outside_answer")
        ]
        indexes = [
            models.Index(fields=["source", "kind", "at"], name="outside_by_moment"),
            models.Index(fields=["at"], name="outside_at"),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.external_id}"

    @property
    def key(self) -> Key:
        return self.external_id, self.kind, self.area

    def facts(self) -> tuple[object, ...]:
        """What a file can change."""
        return tuple(getattr(self, name) for name in COLUMNS)


COLUMNS = ("at", "value", "words", "ticket_id", "contact_id", "team_id")
