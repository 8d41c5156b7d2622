"""Lists that people made for themselves or for their line: a standing view and what it is narrowed to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.narrowing import LONGEST, Narrowing

MOST = 30


class SavedListManager(models.Manager["SavedList"]):
    def seen_by(self, user: User) -> "models.QuerySet[SavedList]":
        """One's own, and those of one's lines; who looks at the whole department sees those of every line."""
        lines = Q(team__isnull=False) if user.sees_everything else Q(team__in=user.team_ids)
        return (
            self.filter(Q(team=None, owner=user) | lines).select_related("team").order_by("team__level", "name", "id")
        )

    def keep(self, owner: User, name: str, view: str, query: str, team: Team | None = None) -> "SavedList":
        """Raises Invalid without a name or with nothing to narrow, Conflict when there are too many."""
        words, narrowing = " ".join(name.replace("\x00", " ").split())[:80], Narrowing.read(query)
        if not words:
            raise Invalid(_now("Give the list a name."), "name")
        if not narrowing.parts:
            raise Invalid(_now("Narrow the list first."), "query")
        if self.filter(owner=owner).count() >= MOST:
            raise Conflict(_now("%(most)s lists are saved already; remove one first.") % {"most": MOST})
        return self.create(owner=owner, team=team, name=words, view=view, query=narrowing.query)


class SavedList(models.Model):
    """A name, a standing view and a query; of a `team` where all its people have it."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("line"))
    name = models.CharField(_("name"), max_length=80)
    view = models.SlugField(max_length=40)
    query = models.CharField(max_length=LONGEST)
    at = models.DateTimeField(default=clock.now)

    objects: SavedListManager = SavedListManager()

    class Meta:
        verbose_name = _("saved list")
        verbose_name_plural = _("saved lists")

    def __str__(self) -> str:
        return self.name
