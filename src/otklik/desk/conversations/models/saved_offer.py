"""A text of one's own that its author would share: a lead of the line, or for everybody any lead, decides."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.staff.models import Role, Team, User
from otklik.desk.conversations.events import SavedReplyChanged

if TYPE_CHECKING:
    from otklik.desk.conversations.models.saved_reply import SavedReply

ABOUT = "saved_reply"


class Offering(models.Model):
    """Trait of a saved reply: offered to a line (`offered_team`) or to everybody since `offered_at`."""

    offered_at = models.DateTimeField(null=True, editable=False)
    offered_team = models.ForeignKey(
        Team, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=gettext_lazy("line")
    )

    class Meta:
        abstract = True

    @transaction.atomic
    def offer(self: "SavedReply", team: Team | None, *, by: User) -> None:  # type: ignore[misc]
        """For a line of theirs, or for everybody (None); those who decide are told.  Raises ValidationError."""
        type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db()
        if self.owner_id != by.pk:
            raise ValidationError(_("Only who wrote it may offer it."))
        if team is not None and team.pk not in by.team_ids:
            raise ValidationError(_("This is not a line of yours."))
        self.offered_at, self.offered_team = clock.now(), team
        self.save(update_fields=["offered_at", "offered_team"])
        publish(SavedReplyChanged(reply_id=self.pk, name=self.name, what="offered"), by=by)
        leads = User.objects.filter(is_active=True, role__in=(Role.LEAD, Role.HEAD)).exclude(pk=by.pk)
        if team is not None and leads.filter(role=Role.LEAD, teams=team).exists():
            leads = leads.filter(role=Role.LEAD, teams=team)
        told = {"who": by.name, "name": self.name}
        self._tell(leads.distinct(), gettext_lazy("%(who)s offers a saved reply to all who need it: “%(name)s”"), told)

    @transaction.atomic
    def accept(self: "SavedReply", *, by: User) -> None:  # type: ignore[misc]
        """It is shared from now on, and its author answers for it.

        Raises ValidationError where it is not offered any more, or its shortcut means another text there.
        """
        author = self._still_offered()
        shared: SavedReply = self
        shared.keeper, shared.owner, shared.team = author, None, self.offered_team
        self.offered_at = self.offered_team = None
        self.clean()
        self.keep(by=by)
        publish(SavedReplyChanged(reply_id=self.pk, name=self.name, what="accepted"), by=by)
        self._answer(author, by, gettext_lazy("%(who)s has shared your saved reply “%(name)s” with others"))

    @transaction.atomic
    def decline(self: "SavedReply", *, by: User) -> None:  # type: ignore[misc]
        """It stays its author's own.  Raises ValidationError where it is not offered any more."""
        author = self._still_offered()
        self.offered_at = self.offered_team = None
        self.save(update_fields=["offered_at", "offered_team"])
        publish(SavedReplyChanged(reply_id=self.pk, name=self.name, what="declined"), by=by)
        self._answer(author, by, gettext_lazy("%(who)s leaves your saved reply “%(name)s” to you alone"))

    def _still_offered(self: "SavedReply") -> User:  # type: ignore[misc]
        type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db()
        if self.offered_at is None or self.owner is None:
            raise ValidationError(_("Somebody has decided on it already."))
        return self.owner

    def _answer(self: "SavedReply", author: User, by: User, text: object) -> None:  # type: ignore[misc]
        self._tell([author], text, {"who": by.name, "name": self.name})

    def _tell(self, people: "models.QuerySet[User] | list[User]", text: object, told: dict[str, str]) -> None:
        for person in people:
            with translation.override(person.language):
                Notice.objects.tell([person.pk], str(text) % told, kind=NoticeKind.DESK, about=ABOUT, about_id=self.pk)
