"""Several acts under one name, done by an agent with one choice."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket


class MacroQuerySet(models.QuerySet["Macro"]):
    def usable_by(self, user: User) -> "MacroQuerySet":
        """Those of everybody and of one's lines."""
        found = self.filter(is_active=True)
        return found if user.sees_everything else found.filter(Q(team=None) | Q(team__in=user.team_ids))

    def offered_for(self, ticket: Ticket) -> "MacroQuerySet":
        """Those of everybody and of the line of the ticket."""
        return self.filter(Q(team=None) | Q(team=ticket.team_id))


class Macro(models.Model):
    """A named list of acts (as a rule has them), and a text for the answer, which a person finishes and sends."""

    name = models.CharField(_("name"), max_length=120)
    about = models.CharField(_("what it is for"), max_length=200, blank=True)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("line"))
    text = models.TextField(_("text"), max_length=20_000, blank=True)
    acts = models.JSONField(default=list, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(default=0)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", editable=False, db_index=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = MacroQuerySet.as_manager()

    class Meta:
        verbose_name = _("macro")
        verbose_name_plural = _("macros")
        ordering = ("position", "name", "id")
        constraints = [
            models.UniqueConstraint(fields=["name", "team"], nulls_distinct=False, name="one_macro_of_a_name_in_a_line")
        ]

    def __str__(self) -> str:
        return self.name


class Application(models.Model):
    """A macro was applied: `changed` are the parts that can be taken back, each as it was and as it became."""

    macro = models.ForeignKey(Macro, models.SET_NULL, null=True, related_name="applications", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="applications", db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=clock.now)
    changed = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("use of a macro")
        verbose_name_plural = _("uses of macros")
        indexes = [models.Index(fields=["ticket", "-id"], name="application_on_ticket")]
