"""A drill: the plan was played, somebody watched, and it held or did not."""

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.team.continuity import events
from otklik.team.continuity.models.scenario import Scenario, ScenarioState
from otklik.team.metrics.days import today


class Drill(models.Model):
    """Owed by a day, held once; `minutes` until clients were answered again, against the target of that day."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="drills", verbose_name=_("plan"))
    due_on = models.DateField(_("until"))
    held_on = models.DateField(_("held"), null=True)
    passed = models.BooleanField(_("the plan held"), null=True)
    minutes = models.PositiveIntegerField(
        _("minutes until clients were answered again"), null=True, validators=[MinValueValidator(0)]
    )
    target_minutes = models.PositiveIntegerField(_("target of that day"), null=True, editable=False)
    findings = models.TextField(_("what was found"), max_length=4000, blank=True)
    observer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("observer"))
    written_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("drill")
        verbose_name_plural = _("drills")
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(held_on=None, passed=None)
                | models.Q(held_on__isnull=False, passed__isnull=False, observer__isnull=False),
                name="drill_held_has_a_result",
            ),
            models.UniqueConstraint(
                fields=["scenario"], condition=models.Q(held_on=None), name="one_drill_owed_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario}: {self.due_on}"

    @property
    def is_late(self) -> bool:
        return self.held_on is None and self.due_on < today()

    @property
    def in_target(self) -> bool | None:
        """None of what was not measured; whom a failed drill left without an answer was not answered in time."""
        if self.minutes is None or self.target_minutes is None:
            return False if self.passed is False else None
        return self.minutes <= self.target_minutes

    @transaction.atomic
    def hold(self, *, by: User, passed: bool, minutes: int | None, findings: str) -> None:
        """What it has shown; the next one is owed from then on.  The owner of the plan does not judge it."""
        scenario = Scenario.objects.select_for_update().get(pk=self.scenario_id)
        row = Drill.objects.select_for_update().get(pk=self.pk)
        if row.held_on or scenario.state == ScenarioState.RETIRED:
            raise Refused(_("This drill is over already."))
        if by.pk == scenario.owner_id:
            raise Refused(_("Whoever owns the plan does not judge its drill: somebody else writes it down."))
        if not findings.strip():
            raise Refused(_("Say what was found, also when everything held."), "findings")
        self.held_on, self.passed, self.minutes, self.observer = today(), passed, minutes, by
        self.target_minutes = scenario.target_minutes
        self.findings = findings.strip()[:4000]
        self.save()
        if scenario.state == ScenarioState.APPROVED:
            scenario.owe_drill()
        publish(events.DrillHeld(scenario_id=scenario.pk, drill_id=self.pk, passed=passed), by=by)
