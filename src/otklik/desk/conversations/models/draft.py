"""What an agent has typed and not sent yet."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.bare import run
from otklik.core.staff.models import User
from otklik.desk.conversations import placed
from otklik.desk.conversations.models.conversation import Conversation

FORGET = "DELETE FROM conversations_draft WHERE conversation_id = %s AND author_id = %s AND mode = %s"
FORGET_SEEN = f"{FORGET} AND (saved_at = %s::timestamptz OR form ->> 'key' = %s)"
FORGET_SAID = f"{FORGET} AND btrim(text, E' \\t\\r\\n') = %s AND COALESCE(form -> 'files', '[]') = '[]'"

OF_DEPARTURE = ("step", "seen", "key")
"""What the form of a letter that leaves later knows for that moment alone, and of one that is typed: whose window."""
HELD = "held"
"""Not a text that somebody types: the files of a letter that is written and waits for the word of another."""


OF_NOTHING = frozenset({"next", "until", "who", "to", "cc", "via", "files"})
"""What a form says before anything but the text was written in it."""


OF_REFUSAL = ("reason", "explanation", "alternatives", "consulted")
"""What was written for a refusal stays in the form where another outcome is chosen."""


def _refusal(form: dict[str, Any]) -> dict[str, Any]:
    return {name: form[name] for name in OF_REFUSAL if name in form}


def moment_of(base: str) -> datetime | None:
    """The moment by which a window names the draft that it shows; None for one that began with nothing."""
    try:
        return parse_datetime(base)
    except ValueError:
        return None


def is_of(base: str, key: str, saved_at: datetime, form: dict[str, Any]) -> bool:
    """A window that shows the draft of this moment, or has saved it itself, has seen it."""
    return moment_of(base) == saved_at or (bool(key) and form.get("key") == key)


def _files(*forms: dict[str, Any]) -> dict[str, Any]:
    """What is attached to any of these texts."""
    found = list(dict.fromkeys(key for form in forms for key in form.get("files", [])))
    return {"files": found} if found else {}


class DraftManager(models.Manager["Draft"]):
    def keep(
        self, conversation: Conversation, by: User, mode: str, text: str, form: dict[str, Any], *, key: str = ""
    ) -> None:
        """Save what is being typed; nothing typed and nothing chosen forgets the draft.

        `key` is that of the letter which is typed: an answer that is sent with it is of the window that saved this.
        """
        form = {name: value for name, value in form.items() if name != "key" or mode == Draft.Mode.LATER}
        if text.strip() or form:
            if key and mode == Draft.Mode.REPLY:
                form["key"] = key[:100]
            one: dict[str, Any] = {"conversation": conversation, "author": by, "mode": mode}
            self.update_or_create(**one, defaults={"text": text, "form": form, "saved_at": clock.now()})
        else:
            self.forget(conversation.pk, by, mode)

    def forget(self, conversation_id: int, by: User, mode: str) -> None:
        """It was sent, or thrown away."""
        run(FORGET, [conversation_id, by.pk, mode])

    def forget_seen(self, conversation_id: int, by: User, base: str | None, key: str = "") -> None:
        """What the author had on screen was sent, or thrown away; what came since, as a refusal that was overtaken,
        stays.

        `base` is the moment of the draft that the window shows, "" where it began with nothing; None: whatever is
        there.  `key` is the letter of the window, whose own save may have been on its way.
        """
        if base is None:
            self.forget(conversation_id, by, Draft.Mode.REPLY)
        else:
            run(FORGET_SEEN, [conversation_id, by.pk, Draft.Mode.REPLY, moment_of(base), key or None])

    def begin_below(
        self,
        conversation: Conversation,
        by: User,
        mode: str,
        text: str,
        form: dict[str, Any],
        *,
        base: str | None,
        key: str = "",
    ) -> None:
        """Keep what is typed; a draft that its author has not seen stands above it, with all that was chosen there
        unless something was chosen here.
        """
        unseen = self.filter(conversation=conversation, author=by, mode=mode).first()
        if unseen and base is not None and not is_of(base, key, unseen.saved_at, unseen.form):
            text = "\n\n".join(part for part in (unseen.text.rstrip(), text) if part.strip())
            both = _files(unseen.form, form)
            form = {**unseen.form, **both} if set(form) <= OF_NOTHING else {**_refusal(unseen.form), **form, **both}
            key = ""  # this window has yet to be drawn with it
        self.keep(conversation, by, mode, text, form, key=key)

    def forget_said(self, conversation_id: int, by: User, text: str) -> None:
        """An answer that another program has sent: what was begun in the composer stays unless it is just that."""
        run(FORGET_SAID, [conversation_id, by.pk, Draft.Mode.REPLY, text.strip()])

    def bring_back(self, conversation: Conversation, by: User, mode: str, text: str, form: dict[str, Any]) -> None:
        """A letter that was taken back is a draft again; what was begun since stands below it."""
        begun = self.filter(conversation=conversation, author=by, mode=mode).first()
        if begun:
            text = f"{text}\n\n{begun.text}" if begun.text.strip() else text
            form = {**_refusal(begun.form), **form, **_files(form, begun.form)}
        self.keep(conversation, by, mode, text, form)

    def hand_on(self, conversation: Conversation, other: Conversation) -> list[dict[str, Any]]:
        """The other conversation continues this one: what was begun here stands there, below what was begun there.

        Returns plain notes by which `take_home` finds it again.
        """
        notes = []
        for draft in self.filter(conversation=conversation).exclude(mode=HELD).order_by("pk"):
            # A letter that was to leave from here leaves from nowhere: its author reads it again.
            mode = Draft.Mode.REPLY if draft.mode == Draft.Mode.LATER else draft.mode
            begun = self.filter(conversation=other, author=draft.author, mode=mode).first()
            own = {name: value for name, value in draft.form.items() if name not in OF_DEPARTURE}
            text, form = draft.text, own
            if begun:
                there = {name: value for name, value in begun.form.items() if name not in OF_DEPARTURE}
                text, form = f"{begun.text}\n\n{draft.text}", {**_refusal(own), **there, **_files(there, own)}
            self.keep(other, draft.author, mode, text.strip(), form)
            draft.delete()
            note = {"author": draft.author_id, "mode": mode, "text": draft.text, "form": own}
            if begun:
                row = self.get(conversation=other, author=draft.author, mode=mode)
                note |= {"beside": {"text": begun.text, "form": there}, "saved": row.saved_at.isoformat()}
            notes.append(note)
        return notes

    def take_home(self, notes: Sequence[Mapping[str, Any]], conversation: Conversation, other: Conversation) -> None:
        """The other conversation does not continue this one any more: what was begun here is here again.

        What was sent or thrown away since is gone.  What was written on in one text with what was begun there stays
        there as well, for nobody can part it.
        """
        for note in notes:
            row = self.filter(conversation=other, author=note["author"], mode=note["mode"]).first()
            if row is None:
                continue
            text, form, beside = row.text, row.form, note.get("beside")
            if beside is None:
                row.delete()
            else:
                text, form = note["text"], note["form"]
                if moment_of(note["saved"]) == row.saved_at:
                    self.keep(other, row.author, row.mode, beside["text"], beside["form"])
            keys = [*form.get("files", []), *placed.keys_in(text)]
            if keys:
                other.attachments.filter(message=None, key__in=keys).update(conversation=conversation)
            self.bring_back(conversation, row.author, row.mode, text, form)


class Draft(models.Model):
    """Unsent text of one person in one conversation: a reply, a note and a letter to a third party apart."""

    class Mode(models.TextChoices):
        REPLY = "reply", _("reply")
        NOTE = "note", _("note")
        FORWARD = "forward", _("forwarded to a third party")
        LATER = "later", pgettext_lazy("a letter", "leaves later")

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="drafts")
    author = models.ForeignKey(User, models.CASCADE, related_name="+")
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.REPLY)
    text = models.TextField()
    form = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=clock.now)
    leave_at = models.DateTimeField(null=True, editable=False)
    """When a letter that waits for its moment leaves by itself."""

    objects: DraftManager = DraftManager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "author", "mode"], name="one_draft_each"),
            models.CheckConstraint(
                condition=models.Q(mode="later", leave_at__isnull=False)
                | ~models.Q(mode="later") & models.Q(leave_at=None),
                name="who_leaves_later_has_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["leave_at"], name="draft_leaves", condition=models.Q(leave_at__isnull=False))]
