"""Panels beside a request that other programs fill: how they are set up, and how the program has answered lately."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.recent import Recent
from otklik.core.staff.models import Role, User
from otklik.desk.automation.models.called import Called
from otklik.desk.automation.models.rule import KEPT_SECONDS
from otklik.desk.automation.models.wrong import NOTHING, Said, Wrong
from otklik.desk.tickets.models import Topic


class PanelManager(models.Manager["Panel"]):
    def in_force(self) -> "tuple[Panel, ...]":
        """Those that are on, as they were some seconds ago: a page of a request asks nothing for them."""
        return Panel.in_use.get(lambda: tuple(self.filter(is_active=True)))


class Panel(Called):
    """What is asked for where, who sees it, and how the program is.

    `failures` is how many there were since `failing_since`; until `rest_until` the program is left alone
    (panels/breaker.py).  Empty `roles` and `lines` mean everybody.
    """

    begins_with = "otd_"
    in_use: "ClassVar[Recent[tuple[Panel, ...]]]" = Recent(KEPT_SECONDS)

    class Kind(models.TextChoices):
        JSON = "json", _("data in JSON")
        FRAME = "frame", _("a page of the program")

    class Clients(models.TextChoices):
        ALL = "all", pgettext_lazy("which clients", "all")
        PERSONS = "persons", _("persons without an organisation")
        ORGANISATIONS = "organisations", _("people of organisations")

    class Tells(models.TextChoices):
        NAME = "name", _("name of the client")
        EMAIL = "email", _("mail address of the client")
        ORGANISATION = "organisation", _("name of the organisation")
        SUBJECT = "subject", _("subject of the request")

    class Trouble(models.TextChoices):
        SILENT = "silent", _("no answer in time")
        STATUS = "status", _("an answer that is not 200")
        LEADS_AWAY = "away", _("a redirect, which is not followed")
        LARGE = "large", _("an answer of more than 64 KB")
        NOT_JSON = "not_json", _("what came is no JSON")
        MALFORMED = "malformed", _("JSON, but not as agreed")
        SEALED = "sealed", _("the secret cannot be read; make a new one")

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.JSON)
    tells = ArrayField(
        models.CharField(max_length=12, choices=Tells), verbose_name=_("what is told"), default=list, blank=True
    )
    roles = ArrayField(models.CharField(max_length=10, choices=Role), verbose_name=_("roles"), default=list, blank=True)
    lines = ArrayField(models.BigIntegerField(), verbose_name=_("lines"), default=list, blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("topic"))
    clients = models.CharField(_("clients"), max_length=13, choices=Clients, default=Clients.ALL)
    on_organisations = models.BooleanField(_("on the page of an organisation"), default=False)
    on_cards = models.BooleanField(_("on the client's card"), default=True)
    opens = models.BooleanField(_("unfolded"), default=False)
    height = models.PositiveSmallIntegerField(_("height"), default=320)
    answered_at = models.DateTimeField(null=True, editable=False)
    took_ms = models.PositiveIntegerField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    rest_until = models.DateTimeField(null=True, editable=False)
    trouble = models.CharField(max_length=9, choices=Trouble, blank=True, editable=False)
    trouble_at = models.CharField(max_length=80, blank=True, editable=False)
    trouble_is = models.CharField(max_length=8, choices=Wrong, blank=True, editable=False)
    trouble_detail = models.CharField(max_length=120, blank=True, editable=False)

    objects: PanelManager = PanelManager()

    class Meta(Called.Meta):
        verbose_name = _("data panel")
        verbose_name_plural = _("data panels")

    SET = (
        *("name", "kind", "url", "tells", "roles", "lines", "topic", "clients", "on_cards", "opens", "height"),
        *("on_organisations", "is_active"),
    )
    """What a person sets."""
    WORKS = (
        *("answered_at", "took_ms", "failing_since", "failures", "rest_until"),
        *("trouble", "trouble_at", "trouble_is", "trouble_detail"),
    )
    """What the product writes while it asks."""

    @property
    def state(self) -> str:
        """on, off or failing."""
        return "off" if not self.is_active else "failing" if self.failing_since else "on"

    @property
    def trouble_said(self) -> Said:
        """More of the trouble, told in the language of whoever reads it."""
        return Said(self.trouble_at, self.trouble_is, self.trouble_detail)

    @staticmethod
    def said_fields(trouble: str, said: Said) -> dict[str, str]:
        """What is stored of a trouble: a code, a place and a detail, never words."""
        more = {"trouble_at": said.place[:80], "trouble_is": said.wrong, "trouble_detail": said.detail[:120]}
        return {"trouble": trouble, **more}

    def keep(self, by: User) -> None:
        """What a person has set; the program of a panel that was changed is asked at once, whatever it did before."""
        self.changed_by, self.changed_at = by, clock.now()
        self.failing_since, self.failures, self.rest_until = None, 0, None
        for name, value in self.said_fields("", NOTHING).items():
            setattr(self, name, value)
        self.save(update_fields=[*self.SET, *self.WORKS[2:], "changed_by", "changed_at"])
