"""How a line gives out the tickets that nobody has."""

from collections import defaultdict

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.core.recent import Recent
from otklik.core.staff.models import Skill, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.routing import kinds

_giving: Recent[frozenset[int]] = Recent(5.0)
"""Every letter asks which lines give out by themselves; another process may see a change this much later."""


class Mode(models.TextChoices):
    MANUAL = "manual", _("by hand")
    PULL = "pull", _("whoever is free takes the next one")
    PUSH = "push", _("to the one with the least work")
    ROUND = "round", _("to everybody in turn")


BY_ITSELF = (Mode.PUSH, Mode.ROUND)


class DistributionManager(models.Manager["Distribution"]):
    def of(self, team: Team) -> "Distribution":
        """The line's own row; a line that nobody has set up lets people take the next one."""
        return self.get_or_create(team=team)[0]

    def giving(self) -> frozenset[int]:
        """Lines that give out by themselves, as they were some seconds ago."""
        return _giving.get(self._read_giving)

    def _read_giving(self) -> frozenset[int]:
        rows = self.filter(mode__in=BY_ITSELF, team__is_active=True)
        return frozenset(rows.values_list("team_id", flat=True))

    def forget(self) -> None:
        """A row was changed: read them anew, and after the commit as others will."""
        _giving.changed()

    def may_take(self, person: User) -> Q:
        """Which tickets "take next" may give a person: not those that leads give by hand, none beyond their skills,
        and only the kind of work that they take now.
        """
        own = person.abilities.able().values("skill")
        beyond = Need.objects.exclude(skill__in=own).values("channel")
        by_hand = self.filter(mode=Mode.MANUAL).values("team")
        return ~Q(team__in=by_hand) & ~Q(conversation__channel__in=beyond) & kinds.wanted(person.takes_now)


class Distribution(models.Model):
    """The mode of one line, and to whom it gave last."""

    team = models.OneToOneField(Team, models.CASCADE, related_name="distribution", verbose_name=_("line"))
    mode = models.CharField(_("how work is given out"), max_length=8, choices=Mode, default=Mode.PULL)
    last_given = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+", db_index=False)

    objects: DistributionManager = DistributionManager()

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distributions")


class NeedManager(models.Manager["Need"]):
    def by_channel(self) -> dict[int, frozenset[int]]:
        """The skills that each channel needs; those that need none are left out."""
        needs: defaultdict[int, set[int]] = defaultdict(set)
        for channel, skill in self.values_list("channel_id", "skill_id"):
            needs[channel].add(skill)
        return {channel: frozenset(skills) for channel, skills in needs.items()}


class Need(models.Model):
    """Requests that come through this channel need this skill."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="needs")
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="+")

    objects: NeedManager = NeedManager()

    class Meta:
        verbose_name = _("needed skill")
        verbose_name_plural = _("needed skills")
        constraints = [models.UniqueConstraint(fields=["channel", "skill"], name="needed_once")]
