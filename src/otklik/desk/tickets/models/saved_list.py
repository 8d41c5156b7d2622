"""Lists that people made for themselves, their line or everybody: a standing view, narrowed, in an order."""

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.narrowing import Narrowing
from otklik.desk.tickets.orders import Order
from otklik.desk.tickets.query import LONGEST

MOST = 30
LAST = 32_000


class SavedListManager(models.Manager["SavedList"]):
    def seen_by(self, user: User) -> "models.QuerySet[SavedList]":
        """Those for everybody, those of one's lines (of every line who sees all), one's own."""
        lines = Q(team__isnull=False) if user.sees_everything else Q(team__in=user.team_ids)
        own = Q(team=None, everybody=False, owner=user)
        found = self.filter(own | lines | Q(everybody=True)).select_related("team")
        return found.order_by("-everybody", "team__level", "team", "place", "name", "id")

    def keep(
        self,
        owner: User,
        name: str,
        view: str,
        query: str,
        team: Team | None = None,
        *,
        everybody: bool = False,
        order: str = "",
    ) -> "SavedList":
        """Raises Invalid without a name or with nothing to narrow, Conflict when there are too many."""
        made = SavedList(owner=owner, view=view)
        made.say(name, query, order)
        if self.filter(owner=owner).count() >= MOST:
            raise Conflict(_now("%(most)s lists are saved already; remove one first.") % {"most": MOST})
        made.give(team, everybody=everybody)
        made.save()
        return made


class SavedList(models.Model):
    """A name, a standing view and a query; of a `team` where all its people have it, of all where `everybody` has.

    It shows each reader what they may see: kept is only what is asked for.  Who may change it is said in `access`.
    Without an order of its own it stands in that of its reader.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("line"))
    name = models.CharField(_("name"), max_length=80)
    view = models.SlugField(max_length=40)
    query = models.CharField(max_length=LONGEST)
    order = models.CharField(_("order"), max_length=8, choices=Order, blank=True, default="", db_default="")
    everybody = models.BooleanField(_("for everybody"), default=False, db_default=False)
    place = models.PositiveSmallIntegerField(_("place in the menu"), default=0, db_default=0)
    at = models.DateTimeField(default=clock.now)

    objects: SavedListManager = SavedListManager()

    class Meta:
        verbose_name = _("saved list")
        verbose_name_plural = _("saved lists")

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        return self.everybody or self.team_id is not None

    def say(self, name: str, query: str, order: str = "") -> None:
        """Its name, what it asks for and in which order.  Raises Invalid without either of the first two."""
        words, narrowing = " ".join(name.replace("\x00", " ").split())[:80], Narrowing.read(query)
        if not words:
            raise Invalid(_now("Give the list a name."), "name")
        if not narrowing.parts:
            raise Invalid(_now("Narrow the list first."), "query")
        if order not in ("", *Order.values):
            raise Invalid(_now("There is no such order."), "order")
        self.name, self.query, self.order = words, narrowing.query, order

    def give(self, team: Team | None, *, everybody: bool) -> None:
        """To whom it is shown; among those lists it comes last."""
        shared = (None if everybody else team, everybody)
        if self.pk and shared == (self.team, self.everybody):
            return
        self.team, self.everybody = shared
        last = self._neighbours().aggregate(last=models.Max("place"))["last"]
        self.place = 0 if last is None else min(last + 1, LAST)

    @transaction.atomic
    def move(self, step: int) -> None:
        """One place up (-1) or down (1) among those of the same people."""
        row = list(self._neighbours().select_for_update().order_by("place", "name", "id"))
        at = next(place for place, one in enumerate(row) if one.pk == self.pk)
        row.insert(max(at + step, 0), row.pop(at))
        for place, one in enumerate(row):
            one.place = place
        SavedList.objects.bulk_update(row, ["place"])

    def _neighbours(self) -> "models.QuerySet[SavedList]":
        same = SavedList.objects.filter(team=self.team, everybody=self.everybody)
        return same if self.is_shared else same.filter(owner=self.owner)
