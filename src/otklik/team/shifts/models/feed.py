"""The address at which a calendar program fetches one's own shifts."""

from django.core import signing
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Organisation, User

SALT = "otklik.shifts"


class FeedManager(models.Manager["Feed"]):
    def of(self, person: User) -> "Feed":
        return self.get_or_create(person=person)[0]

    def behind(self, signed: str) -> "Feed | None":
        """None when it is altered, was renewed since, or the person works here no more."""
        try:
            pk, turn = signing.Signer(salt=SALT).unsign_object(signed)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return self.filter(pk=pk, turn=turn, person__is_active=True).select_related("person").first()


class Feed(models.Model):
    """`turn` counts renewals: an address of an earlier one opens nothing."""

    person = models.OneToOneField(User, models.CASCADE, related_name="+", verbose_name=_("who"))
    turn = models.PositiveIntegerField(default=1)
    renewed_at = models.DateTimeField(default=clock.now)

    objects: FeedManager = FeedManager()

    class Meta:
        verbose_name = _("address of a calendar of shifts")
        verbose_name_plural = _("addresses of calendars of shifts")

    def __str__(self) -> str:
        return str(self.person)

    @property
    def signed(self) -> str:
        """Without a date: the address stays the same until it is renewed."""
        return signing.Signer(salt=SALT).sign_object([self.pk, self.turn])

    @property
    def address(self) -> str:
        return f"{Organisation.objects.current().address}/shifts/{self.signed}.ics"

    @transaction.atomic
    def renew(self) -> None:
        """The address of before holds no more from this moment on."""
        kept = Feed.objects.select_for_update().get(pk=self.pk)
        self.turn, self.renewed_at = kept.turn + 1, clock.now()
        self.save(update_fields=["turn", "renewed_at"])
