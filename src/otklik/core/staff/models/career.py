"""How a person comes, changes and leaves."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from otklik.core.journal.news import publish
from otklik.core.staff import events
from otklik.core.staff.errors import NotAllowed

if TYPE_CHECKING:
    from otklik.core.staff.models.team import Team
    from otklik.core.staff.models.user import User


class Career(models.Model):
    """Trait of a person: invited, appointed, deactivated, back again."""

    class Meta:
        abstract = True

    @transaction.atomic
    def invite(self: "User", *, by: "User | None") -> str:  # type: ignore[misc]
        """The secret of a fresh invitation; earlier ones stop working.  Raises NotAllowed for who has left."""
        from otklik.core.staff.models.link import OneTimeLink, Purpose

        if not self.is_active:
            raise NotAllowed(_("This person does not work here; bring them back first."))
        self.links.get_queryset().filter(purpose=Purpose.INVITE).void()
        publish(events.PersonInvited(self.pk), by=by)
        return OneTimeLink.objects.issue(Purpose.INVITE, self, by=by)

    @transaction.atomic
    def appoint(self: "User", role: str, teams: "Iterable[Team]", *, by: "User | None") -> None:  # type: ignore[misc]
        """Give a role and lines.  Raises NotAllowed when nobody would administer the desk any more."""
        chosen = list(teams)
        was, became = self._post(list(self.teams.all())), self._post(chosen, role)
        if was == became:
            return
        if role != self.role:
            self._keep_an_administrator(still=role == "admin")
            self.role = role
            self.save(update_fields=["role"])
            self.end_sessions()
        self.teams.set(chosen)
        self.__dict__.pop("team_ids", None)
        self.note_work()
        publish(events.PersonAppointed(self.pk, was, became), by=by)

    def _post(self: "User", teams: "list[Team]", role: str = "") -> str:  # type: ignore[misc]
        return ", ".join([role or self.role, *sorted(team.name for team in teams)])

    @transaction.atomic
    def deactivate(self: "User", *, by: "User | None" = None) -> None:  # type: ignore[misc]
        """Close every door at once: sessions fail on the next request, tokens and links are dead.

        Raises NotAllowed for oneself and for the last administrator.
        """
        if by and by.pk == self.pk:
            raise NotAllowed(_("You cannot deactivate yourself."))
        self._keep_an_administrator(still=False)
        self.is_active = False
        self.save(update_fields=["is_active"])
        self.end_sessions()
        self.api_tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
        self.links.get_queryset().void()
        publish(events.PersonLeft(self.pk), by=by)
        for absence in self.absences.filter(given_back_at=None):
            absence.end(by=by)
        self.note_work()

    @transaction.atomic
    def reactivate(self: "User", *, by: "User | None") -> None:  # type: ignore[misc]
        """Works here again, with the old password, role and lines; tokens stay revoked."""
        self.is_active = True
        self.save(update_fields=["is_active"])
        publish(events.PersonReturned(self.pk), by=by)
        self.note_work()

    def _keep_an_administrator(self: "User", *, still: bool) -> None:  # type: ignore[misc]
        """The row lock keeps two administrators from removing each other at the same moment.

        It leaves their keys free: who writes a row that names an administrator need not wait.
        """
        people = type(self).objects.select_for_update(no_key=True).filter(role="admin", is_active=True).order_by("pk")
        administrators = [person.pk for person in people]
        if not still and administrators == [self.pk]:
            raise NotAllowed(_("This is the last administrator; appoint another one first."))
