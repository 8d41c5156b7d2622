"""Retrospectives: of each quarter and after each incident of the first severity, at most three actions (METRICS G5)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.care.incidents.models import Incident
from otklik.care.incidents.severity import Severity
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Organisation, User
from otklik.team.goals import events
from otklik.team.goals.quarter import last_day, moved, this_quarter
from otklik.team.metrics.days import day_of, midnight, today

HELD_WITHIN = timedelta(days=14)
"""So long after the end of what it looks back at."""
MOST_ACTIONS = 3
LONGEST = 4000


class RetroManager(models.Manager["Retro"]):
    def owe(self) -> int:
        """Those of the last quarter and of incidents that are over and have none yet; returns how many came.

        What was over before the desk was set up is owed by nobody, nor what would be late on the day it comes.
        """
        set_up = Organisation.objects.current().set_up_at
        begun = max(day_of(set_up) if set_up else today(), today() - HELD_WITHIN)
        quarter = moved(this_quarter(), -1)
        came = self._once(last_day(quarter), quarter=quarter) if last_day(quarter) >= begun else 0
        ended = Incident.objects.filter(worst=Severity.S1, ended_at__gte=midnight(begun))
        without = ended.exclude(pk__in=self.filter(incident__isnull=False).values("incident"))
        return came + sum(self._once(day_of(one.ended_at), incident=one) for one in without if one.ended_at)

    def _once(self, over: date, **about: Any) -> int:
        _found, is_new = self.get_or_create(**about, defaults={"due_on": over + HELD_WITHIN})
        return int(is_new)


class Retro(models.Model):
    """One look back; `quarter` is the first day of one, else it is of an incident.  Held once, with what was found."""

    quarter = models.DateField(_("quarter"), null=True, unique=True)
    incident = models.OneToOneField(
        Incident, models.PROTECT, null=True, related_name="retro", verbose_name=_("incident")
    )
    due_on = models.DateField(_("until"))
    held_on = models.DateField(_("held"), null=True)
    facilitator = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("led by"))
    facts = models.TextField(_("what happened"), max_length=LONGEST, blank=True)
    keep = models.TextField(_("what we keep"), max_length=LONGEST, blank=True)
    stop = models.TextField(_("what we stop"), max_length=LONGEST, blank=True)
    attempt = models.TextField(_("what we try"), max_length=LONGEST, blank=True)
    themes = ArrayField(models.CharField(max_length=40), verbose_name=_("themes"), default=list, blank=True)

    objects: RetroManager = RetroManager()

    class Meta:
        verbose_name = _("retrospective")
        verbose_name_plural = _("retrospectives")
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quarter=None, incident__isnull=False) | Q(quarter__isnull=False, incident=None),
                name="retro_looks_back_at_one_thing",
            )
        ]

    def __str__(self) -> str:
        return str(self.incident or self.quarter)

    @property
    def is_late(self) -> bool:
        return self.held_on is None and self.due_on < today()

    @transaction.atomic
    def hold(self, *, by: User, facts: str, actions: Sequence[tuple[str, User, date]], **found: Any) -> None:
        """`actions` are what, who and by which day; `found` keep, stop, attempt, themes.  Raises Refused."""
        row = Retro.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.held_on:
            raise Refused(_("This retrospective was held already."))
        if not facts.strip():
            raise Refused(_("Begin with what happened: facts before opinions."), "facts")
        if len(actions) > MOST_ACTIONS:
            raise Refused(_("At most three actions: more are not done."), "actions")
        if any(due <= today() for _what, _who, due in actions):
            raise Refused(_("The day of an action lies ahead."), "actions")
        self.held_on, self.facilitator, self.facts = today(), by, facts.strip()[:LONGEST]
        for name, value in found.items():
            setattr(self, name, value)
        self.save()
        RetroAction.objects.bulk_create(
            RetroAction(retro=self, words=what.strip()[:200], owner=who, due_on=due) for what, who, due in actions
        )
        publish(events.RetroHeld(retro_id=self.pk, actions=len(actions)), by=by)


class RetroAction(models.Model):
    """What changes after a look back; it ends with what came of it, done or not."""

    retro = models.ForeignKey(Retro, models.CASCADE, related_name="actions", verbose_name=_("retrospective"))
    words = models.CharField(_("what we do"), max_length=200)
    owner = models.ForeignKey(User, models.PROTECT, related_name="retro_actions", verbose_name=_("owner"))
    due_on = models.DateField(_("by which day"))
    ended_on = models.DateField(_("ended"), null=True)
    done = models.BooleanField(_("done"), default=False)
    result = models.CharField(_("what came of it"), max_length=300, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("action of a retrospective")
        verbose_name_plural = _("actions of retrospectives")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None, done=False, result="") | (Q(ended_on__isnull=False) & ~Q(result="")),
                name="retro_action_ends_with_a_word",
            )
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_late(self) -> bool:
        return self.ended_on is None and self.due_on < today()

    @transaction.atomic
    def end(self, done: bool, result: str, *, by: User) -> None:
        row = RetroAction.objects.select_for_update().get(pk=self.pk)
        if row.ended_on:
            raise Refused(_("This action has ended already."))
        if not result.strip():
            raise Refused(_("Say what came of it."), "result")
        self.done, self.result, self.ended_on, self.ended_by = done, result.strip()[:300], today(), by
        self.save(update_fields=["done", "result", "ended_on", "ended_by"])
