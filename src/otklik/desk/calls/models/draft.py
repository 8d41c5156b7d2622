"""What somebody has typed into the card of a call and not written as its result yet."""

from collections.abc import Mapping

from django.db import models, transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.calls.models.call import Call
from otklik.desk.tickets.errors import Conflict

LONGEST = {"note": 4000, "result": 10, "until": 32, "name": 200}
"""The fields of the card by their names, and how many characters of each are kept."""
UNTYPED = frozenset({"until"})
"""The form brings a date with it: alone it is nothing that somebody has typed."""


class DraftManager(models.Manager["Draft"]):
    def of(self, call: Call, author: User) -> "Draft | None":
        return self.filter(call=call, author=author).first()

    @transaction.atomic
    def keep(self, call: Call, typed: Mapping[str, str], *, by: User, base: str | None = None) -> "Draft | None":
        """Save these fields of the card; with nothing typed in any the draft is forgotten.

        `base` is when the draft was saved on which they were typed, "" for none; without it a single field is meant,
        which leaves that moment as it is.  Raises Conflict where another window has saved since, and where the call
        has its result.
        """
        call.hold_alone()
        if call.result:
            raise Conflict(_("The result of this call is written already."))
        kept = self.of(call, by)
        told = {name: value[: LONGEST[name]] for name, value in typed.items() if name in LONGEST}
        if kept and base is not None and kept.differs_from(told) and not kept.is_of(base):
            raise Conflict(_("Another window has saved since."))
        form = {**(kept.form if kept else {}), **told}
        if not any(value.strip() for name, value in form.items() if name not in UNTYPED):
            self.forget(call, by)
            return None
        saved_at = kept.saved_at if kept and base is None else clock.now()
        return self.update_or_create(call=call, author=by, defaults={"form": form, "saved_at": saved_at})[0]

    def forget(self, call: Call, by: User) -> None:
        self.filter(call=call, author=by).delete()


class Draft(models.Model):
    """Of one person in one call; `form` are the fields of the card as they were typed."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="drafts", db_index=False)  # `one_draft` begins with it
    author = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    form = models.JSONField(gettext_lazy("what was typed"), default=dict)
    saved_at = models.DateTimeField(default=clock.now)

    objects: DraftManager = DraftManager()

    class Meta:
        verbose_name = gettext_lazy("draft of a result")
        verbose_name_plural = gettext_lazy("drafts of results")
        constraints = [models.UniqueConstraint(fields=["call", "author"], name="one_draft_of_a_result")]
        indexes = [models.Index(fields=["author", "saved_at"], name="draft_of_author")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def text(self) -> str:
        return str(self.form.get("note", ""))

    @property
    def stamp(self) -> str:
        return self.saved_at.isoformat()

    def is_of(self, base: str) -> bool:
        """The window has seen this draft; "" is the word of one that began with an empty card."""
        try:
            return parse_datetime(base) == self.saved_at
        except ValueError:
            return False

    def differs_from(self, told: Mapping[str, str]) -> bool:
        """Something that stands here would be lost."""
        return any(self.form.get(name) and self.form[name] != told.get(name, "") for name in ("note", "result"))
