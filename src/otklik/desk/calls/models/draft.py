"""What somebody has typed into the card of a call and not written as its result yet."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import models, transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.calls.models.call import Call
from otklik.desk.calls.results import Result
from otklik.desk.tickets.errors import Conflict

LONGEST = {"note": 4000, "result": 10, "until": 32, "name": 200}
"""The fields of the card by their names, and how many characters of each are kept."""
KEPT = timedelta(days=30)
"""So long after they were saved the words of others stay beside a result."""
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
        if kept and kept.is_newer(base, told):
            raise Conflict(_("Another window has saved since."))
        form = {**(kept.form if kept else {}), **told}
        if not any(value.strip() for name, value in form.items() if name not in UNTYPED):
            self.forget(call, by)
            return None
        saved_at = kept.saved_at if kept and base is None else clock.now()
        return self.update_or_create(call=call, author=by, defaults={"form": form, "saved_at": saved_at})[0]

    def forget(self, call: Call, by: User) -> None:
        self.filter(call=call, author=by).delete()

    def forget_spent(self) -> int:
        """What others had typed when the result was written; they could read it long enough."""
        return self.filter(saved_at__lte=clock.now() - KEPT).exclude(call__result="").delete()[0]


class Draft(models.Model):
    """Of one person in one call; `form` are the fields of the card as they were typed."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="drafts", db_index=False)  # its constraint has it
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
    def words(self) -> str:
        """All that a reader has to know of it."""
        result = dict(Result.choices).get(self.form.get("result", ""), "")
        return ": ".join(str(one) for one in (result, self.text) if one)

    @property
    def stamp(self) -> str:
        return self.saved_at.isoformat()

    def is_of(self, base: str) -> bool:
        """The window has seen this draft; "" is the word of one that began with an empty card."""
        try:
            return parse_datetime(base) == self.saved_at
        except ValueError:
            return False

    def is_newer(self, base: str | None, told: Mapping[str, str]) -> bool:
        """Another window has saved since `base`, and something that stands here would be lost."""
        return base is not None and self._would_lose(told) and not self.is_of(base)

    def _would_lose(self, told: Mapping[str, str]) -> bool:
        return any(_line(self.form.get(name, "")) not in _line(told.get(name, "")) for name in ("note", "result"))


def _line(text: str) -> str:
    """A browser may send the ends of lines in another way than it saved them."""
    return " ".join(text.split())
