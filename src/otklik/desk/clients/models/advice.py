"""What we advised a person, of security above all, so that nobody advises it twice or says it was never said."""

from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.events import ContactChanged

if TYPE_CHECKING:
    from otklik.desk.clients.models.contact import Contact


class Advice(models.Model):
    """One piece of advice; `taken` as soon as the client followed it."""

    contact: models.ForeignKey["Contact"] = models.ForeignKey(
        "clients.Contact", models.CASCADE, related_name="advice", verbose_name=_("contact")
    )
    text = models.CharField(_("what was advised"), max_length=300)
    taken = models.BooleanField(_("they follow it"), default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False, editable=False)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("advice")
        verbose_name_plural = _("advice")

    def __str__(self) -> str:
        return self.text

    @transaction.atomic
    def put(self, *, by: User) -> None:
        """Keep it, in the name of who gave it.  Raises ValidationError."""
        self.by = self.by or by
        self.full_clean()
        self.save()
        publish(ContactChanged(contact_id=self.contact_id, field="advice", value=self.text), by=by)

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """It was written down by mistake."""
        self.delete()
        publish(ContactChanged(contact_id=self.contact_id, field="advice_removed", value=self.text), by=by)
