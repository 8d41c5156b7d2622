"""What a rule did, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.desk.automation.models.rule import Rule
from otklik.desk.tickets.models import Ticket


class FiringQuerySet(models.QuerySet["Firing"]):
    def newest(self) -> "FiringQuerySet":
        return self.order_by("-id")


class Firing(models.Model):
    """One run of a rule on one ticket.

    `cause` names what it ran because of, once for each: an entry of the journal, a moment of a commitment, a state
    since a moment, a time of the schedule.  `why` and `facts` say it in words; `done` are its acts as they went:
    `{"said": …, "trouble": …}`.  `entry_id` is its line in the journal.
    """

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="firings", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="firings", db_index=False)
    cause = models.CharField(max_length=80)
    at = models.DateTimeField(_("when"), default=clock.now)
    why = models.CharField(max_length=300)
    facts = models.JSONField(default=list)
    done = models.JSONField(default=list)
    in_trouble = models.BooleanField(default=False)
    entry_id = models.BigIntegerField(null=True)

    objects = FiringQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a rule")
        verbose_name_plural = _("runs of rules")
        constraints = [models.UniqueConstraint(fields=["rule", "ticket", "cause"], name="once_for_each_cause")]
        indexes = [
            models.Index(fields=["rule", "at"], name="firing_of_rule"),
            models.Index(fields=["ticket", "at"], name="firing_on_ticket"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.ticket_id} {self.cause}"
