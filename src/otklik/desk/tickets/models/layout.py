"""The layouts that an administrator has chosen for kinds of requests."""

import json
from functools import lru_cache

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.layouts import Arrangement, Kind, Plan, checked, completed, delivered, stepped

LONGEST = 30
STEPS = {"up": -1, "down": 1}
STATES = ("open", "folded", "hidden")
COLUMN = """
    (SELECT json_agg(json_build_array(y.code, y."order", y.folded, y.hidden))::text
        FROM tickets_layout y WHERE y."order" <> '{}')"""
"""All layouts that differ from the delivered ones: a part of the statement of the page, mostly NULL."""


class LayoutManager(models.Manager["Layout"]):
    def of(self, kind: str) -> "Layout":
        """That of a kind; not saved where the row went."""
        return self.filter(pk=kind).first() or Layout(pk=kind)

    def held(self, kind: str) -> "Layout":
        """The same for whoever is going to change it, in a transaction: others wait."""
        return self.select_for_update().filter(pk=kind).first() or Layout(pk=kind)

    def every(self) -> "list[Layout]":
        """One for each kind, in their order."""
        kept = self.in_bulk()
        return [kept.get(kind) or Layout(pk=kind) for kind in Kind.values]


class Layout(models.Model):
    """Codes of blocks (`layouts.BLOCKS`) of one kind; without an order it is as delivered.

    There is a row for each kind from the start, so that whoever changes it can hold it.
    """

    code = models.CharField(_("kind of request"), max_length=12, primary_key=True, choices=Kind)
    order = ArrayField(
        models.CharField(max_length=LONGEST), verbose_name=_("order of blocks"), default=list, db_default=[], blank=True
    )
    folded = ArrayField(
        models.CharField(max_length=LONGEST), verbose_name=_("folded blocks"), default=list, db_default=[], blank=True
    )
    hidden = ArrayField(
        models.CharField(max_length=LONGEST), verbose_name=_("hidden blocks"), default=list, db_default=[], blank=True
    )

    objects: LayoutManager = LayoutManager()

    class Meta:
        verbose_name = _("layout of the page")
        verbose_name_plural = _("layouts of the page")

    def __str__(self) -> str:
        return str(Kind(self.code).label)

    @property
    def plan(self) -> Plan:
        return completed(self.code, self.order, self.folded, self.hidden)

    @property
    def is_delivered(self) -> bool:
        return self.plan == delivered(self.code)

    def set_plan(self, order: list[str], folded: list[str], hidden: list[str]) -> None:
        """Saved; a layout that says what is delivered is kept as that, so that it follows newer versions.

        Raises Invalid.
        """
        plan = checked(self.code, order, folded, hidden)
        if plan == delivered(self.code):
            plan = Plan(())
        self.order, self.folded, self.hidden = [*plan.order], [*plan.folded], [*plan.hidden]
        self.save()

    def deliver(self) -> None:
        """As it was at the beginning."""
        self.order, self.folded, self.hidden = [], [], []
        self.save()

    def press(self, code: str, to: str) -> None:
        """One block `up` or `down` among those of its area, or `open`, `folded`, `hidden`.  Raises Invalid."""
        plan = self.plan
        if code not in plan.order:
            raise Invalid(_now("There is no block “%(code)s”.") % {"code": code[:40]}, "code")
        if to not in (*STEPS, *STATES):
            raise Invalid(_now("A block goes up or down, or is open, folded or hidden."), "to")
        if to in STEPS:
            self.set_plan(stepped(plan, code, STEPS[to]), [*plan.folded], [*plan.hidden])
            return
        folded = [one for one in plan.folded if one != code] + ([code] if to == "folded" else [])
        hidden = [one for one in plan.hidden if one != code] + ([code] if to == "hidden" else [])
        self.set_plan([*plan.order], folded, hidden)


@lru_cache(8)
def _read(told: str | None) -> dict[str, Arrangement]:
    kept = {code: completed(code, *lists) for code, *lists in json.loads(told or "[]")}
    return {kind: kept.get(kind, delivered(kind)).arranged(kind) for kind in Kind.values}


def arrangement(told: str | None, kind: str) -> Arrangement:
    """How a page of this kind is laid out; `told` is what `COLUMN` said."""
    return _read(told)[kind]
