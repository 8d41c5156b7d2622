"""By what signed letters of a person are known."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.events import ContactChanged
from otklik.desk.clients.keys import read_key
from otklik.desk.clients.models.contact import Contact


class ContactKeyManager(models.Manager["ContactKey"]):
    def read(self, contact: Contact, armored: str, *, by: User) -> "ContactKey":
        """Keep a public key of a person.  Raises ValidationError when it is none, or holds a secret."""
        fingerprint, name, public = read_key(armored)
        with transaction.atomic():
            key, _new = self.update_or_create(
                contact=contact, fingerprint=fingerprint, defaults={"name": name, "armored": public, "added_by": by}
            )
            publish(ContactChanged(contact_id=contact.pk, field="keys", value=fingerprint), by=by)
        return key

    def of(self, contact: Contact) -> list[str]:
        return list(self.filter(contact=contact).values_list("armored", flat=True))


class ContactKey(models.Model):
    """An OpenPGP key of a person, by which their signed letters are known; a colleague has made sure whose it is."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="keys")
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    name = models.CharField(_("name in the key"), max_length=300, blank=True)
    armored = models.TextField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    objects: ContactKeyManager = ContactKeyManager()

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        constraints = [models.UniqueConstraint(fields=["contact", "fingerprint"], name="a_key_once_a_person")]

    def __str__(self) -> str:
        return self.fingerprint

    @transaction.atomic
    def forget(self, *, by: User) -> None:
        self.delete()
        publish(ContactChanged(contact_id=self.contact_id, field="keys", value=""), by=by)
