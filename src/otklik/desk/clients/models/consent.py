"""What a person agreed to, and what they took back: apart from the contract, each time a row of its own."""

from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.events import ContactChanged
from otklik.desk.clients.purposes import Agreed

if TYPE_CHECKING:
    from otklik.desk.clients.models.contact import Contact


class ConsentQuerySet(models.QuerySet["Consent"]):
    def latest_of(self, contact: "Contact") -> "ConsentQuerySet":
        """What holds for each purpose: the last that was said."""
        last = self.filter(contact=contact).order_by("purpose", "-id").distinct("purpose").values("pk")
        return self.filter(pk__in=last).order_by("purpose")

    def stands(self, contact: "Contact", purpose: Agreed) -> bool | None:
        """Given, withdrawn, or never asked."""
        found = self.filter(contact=contact, purpose=purpose).order_by("-id")
        return found.values_list("given", flat=True).first()

    @transaction.atomic
    def say(
        self,
        contact: "Contact",
        purpose: Agreed,
        *,
        given: bool,
        source: str,
        by: User | None,
        version: str = "",
        text: str = "",
    ) -> None:
        """What the client said, unless that holds already; `by` is None where they did it themselves.

        Then `text` is what they read, and `version` names it.
        """
        if self.stands(contact, purpose) is given:
            return
        said = Consent(contact=contact, purpose=purpose, given=given, source=source[:200], version=version, text=text)
        said.put(by=by)


class Consent(models.Model):
    """One statement of the client; never changed, the next one holds instead.

    `version` names the text they agreed to, `source` how we know: a letter, a form, a link.  `text` is the words
    themselves: always where the client said it on a page of ours, else as far as a colleague has them.
    """

    contact: models.ForeignKey["Contact"] = models.ForeignKey(
        "clients.Contact", models.CASCADE, related_name="consents", verbose_name=_("contact")
    )
    purpose = models.CharField(_("to what"), max_length=10, choices=Agreed)
    given = models.BooleanField(_("agrees"), default=True)
    version = models.CharField(_("version of the text"), max_length=60, blank=True)
    text = models.TextField(_("the words they read"), max_length=4000, blank=True, default="", db_default="")
    source = models.CharField(_("how we know"), max_length=200)
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(given=False) | ~models.Q(version=""),
                name="consent_names_its_text",
                violation_error_message=_("Say to which version of the text they agreed."),
            ),
            models.CheckConstraint(
                condition=models.Q(by__isnull=False) | (~models.Q(version="") & ~models.Q(text="")),
                name="own_consent_keeps_its_text",
            ),
        ]
        indexes = [models.Index(fields=["contact", "purpose", "-id"], name="consent_last")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {_('yes') if self.given else _('no')}"

    @transaction.atomic
    def put(self, *, by: User | None) -> None:
        """Write it down as a new row, also where an earlier one is corrected.  Raises ValidationError."""
        self.pk, self._state.adding, self.by, self.at = None, True, by, clock.now()
        self.full_clean()
        self.save()
        field = "consent" if self.given else "consent_withdrawn"
        value = f"{self.purpose}: {self.version or self.source}"[:300]
        publish(ContactChanged(contact_id=self.contact_id, field=field, value=value), by=by)

    def end(self, *, by: User) -> None:
        """They take it back."""
        Consent(contact=self.contact, purpose=self.purpose, given=False, source=gettext("told to us")).put(by=by)
