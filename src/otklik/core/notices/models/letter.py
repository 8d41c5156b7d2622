"""The letter that gathers what was not looked at."""

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.notices.routes import Chosen, Route
from otklik.core.staff import letters
from otklik.core.staff.models import Organisation, User

SHOWN = 50


class LetterManager(models.Manager["Letter"]):
    @transaction.atomic
    def write(self, person: User, slot: datetime, chosen: Chosen) -> bool:
        """One letter for one moment; the row, the marks and the letter stand or fall together.

        False when this moment had its letter, or nothing is new.
        """
        kinds = [kind for kind, routes in chosen.items() if Route.MAIL in routes]
        fresh = Notice.objects.unseen().filter(person=person, kind__in=kinds, mailed_at=None)
        rows = list(fresh.select_for_update().order_by("-id"))
        if not rows or not person.email:
            return False
        _row, new = self.get_or_create(person=person, slot=slot, defaults={"notices": len(rows)})
        if not new:
            return False
        Notice.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=clock.now())
        desk = Organisation.objects.current().address
        context = {"rows": rows[:SHOWN], "count": len(rows), "more": max(len(rows) - SHOWN, 0), "desk": desk}
        letters.send("notices", person, **context)
        return True


class Letter(models.Model):
    """That a person was written to at this moment (the beginning of a shift, an hour)."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    slot = models.DateTimeField(_("for when"))
    notices = models.PositiveIntegerField(_("how many notices"))
    at = models.DateTimeField(default=clock.now)

    objects: LetterManager = LetterManager()

    class Meta:
        verbose_name = _("letter with notices")
        verbose_name_plural = _("letters with notices")
        constraints = [models.UniqueConstraint(fields=["person", "slot"], name="one_letter_for_a_moment")]
