"""One utterance."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models.conversation import Conversation

INDEXED = 200_000
"""Characters of a message that search looks at: a tsvector has a size limit, a letter has none."""
AGE_BITS = 10
"""So many letters, as a power of two, are of one age for the index of words (docs/decisions/0035)."""


def has_not_left(beside: str = "") -> models.Q:
    """A letter whose moment has not come: its author may take it back, so its client has not got it.

    What is tried again after it failed had its moment.  `beside` leads to the message: "message__".
    """
    held = {"state": Outbound.State.READY, "attempt": 0, "not_before__gt": clock.now()}
    return models.Q(**{f"{beside}outbound__{name}": value for name, value in held.items()})


class MessageQuerySet(models.QuerySet["Message"]):
    def living(self) -> "MessageQuerySet":
        """Without what was taken back before it left."""
        return self.filter(taken_back_at=None)

    def public(self) -> "MessageQuerySet":
        """What the client may see."""
        return self.living().exclude(direction=Message.Direction.NOTE)

    def left(self) -> "MessageQuerySet":
        """Without letters of ours whose moment has not come: nobody outside reads these before it."""
        return self.exclude(has_not_left())

    def answers(self) -> "MessageQuerySet":
        """What our people said to the client: no receipts, nothing that went to a third party."""
        said = self.living().from_people().filter(direction=Message.Direction.OUT, author__isnull=False)
        return said.exclude(outbound__kind=Outbound.Kind.FORWARD)

    def from_people(self) -> "MessageQuerySet":
        return self.filter(automatic="")


class Message(models.Model):
    """One utterance of a conversation.

    `new_text` is the part written now, `text` the whole with its quotes; `html` is foreign or rendered markup that is
    cleaned at every exit.  `automatic` is empty for people; else what kind of machine spoke.
    """

    class Direction(models.TextChoices):
        IN = "in", _("from the client")
        OUT = "out", _("to the client")
        NOTE = "note", _("note")

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="messages")
    direction = models.CharField(_("direction"), max_length=4, choices=Direction)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("our author"))
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+", verbose_name=_("author"))
    author_name = models.CharField(_("author's name"), max_length=200, blank=True)
    author_address = models.CharField(_("author's address"), max_length=320, blank=True)
    authenticity = models.CharField(_("is it from whom it names"), max_length=10, blank=True)
    authenticity_reason = models.CharField(_("why we think so"), max_length=500, blank=True)
    passed_on_from = models.CharField(_("address of whom it was passed on from"), max_length=320, blank=True)
    passed_on_name = models.CharField(_("name of whom it was passed on from"), max_length=200, blank=True)
    automatic = models.CharField(_("automatic"), max_length=20, blank=True)
    subject = models.CharField(_("subject"), max_length=1000, blank=True)
    text = models.TextField(_("text"), blank=True)
    new_text = models.TextField(_("new part"), blank=True)
    html = models.TextField(blank=True)
    to = models.JSONField(_("to"), default=list)
    cc = models.JSONField(_("copies"), default=list)
    remarks = models.JSONField(_("remarks of the reader"), default=list)
    protection = models.JSONField(_("signature or encryption"), null=True)
    external_id = models.CharField(_("Message-ID"), max_length=500, blank=True)
    inbound = models.OneToOneField(Inbound, models.PROTECT, null=True, related_name="message")
    outbound = models.OneToOneField(Outbound, models.PROTECT, null=True, related_name="message")
    at = models.DateTimeField(_("when"), default=clock.now)
    sent_at = models.DateTimeField(_("date in the letter"), null=True)
    taken_back_at = models.DateTimeField(null=True)
    search = models.GeneratedField(
        expression=SearchVector("subject", Left("new_text", INDEXED), config="otklik_ru"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(direction="note") | models.Q(outbound=None), name="notes_never_leave"
            ),
        ]
        indexes = [
            models.Index(fields=["external_id"], name="message_external_id", condition=~models.Q(external_id="")),
            GinIndex(models.F("search"), models.F("id").bitrightshift(AGE_BITS), name="message_said"),
        ]

    def __str__(self) -> str:
        return self.subject or f"#{self.pk}"

    def begin_apart(self, door: Channel) -> None:
        """It stands in a talk of its own from now on, which its writer has begun by this door of ours."""
        assert self.contact is not None  # somebody wrote it
        self.conversation = Conversation.objects.create(contact=self.contact, channel=door, subject=self.subject)
        self.attachments.update(conversation=self.conversation)
        self.save(update_fields=["conversation"])

    @property
    def is_ours(self) -> bool:
        return self.direction == self.Direction.OUT

    @property
    def preview(self) -> str:
        """One line for lists."""
        return " ".join(self.new_text[:600].split())[:200]
