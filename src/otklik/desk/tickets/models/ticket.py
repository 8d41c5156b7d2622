"""The ticket itself: its row carries all that a list shows, its verbs are the only way to change it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels.port import talk_on
from otklik.desk.clients.models import Contact
from otklik.desk.clients.models.product import Product
from otklik.desk.conversations.models import Conversation, Message
from otklik.desk.tickets.models.accompanying import Accompanying
from otklik.desk.tickets.models.answering import Answering
from otklik.desk.tickets.models.appealing import Appealing
from otklik.desk.tickets.models.arriving import Arriving
from otklik.desk.tickets.models.asking_release import AskingRelease
from otklik.desk.tickets.models.belonging import Belonging
from otklik.desk.tickets.models.calling_off import CallingOff
from otklik.desk.tickets.models.changing import Changing
from otklik.desk.tickets.models.classifying import Classifying
from otklik.desk.tickets.models.coming import Coming
from otklik.desk.tickets.models.departing import Departing
from otklik.desk.tickets.models.filling import Filling
from otklik.desk.tickets.models.forwarding import Forwarding
from otklik.desk.tickets.models.guarding import Guarding
from otklik.desk.tickets.models.inviting import Inviting
from otklik.desk.tickets.models.joining import Joining
from otklik.desk.tickets.models.mentioning import Mentioning
from otklik.desk.tickets.models.notifying import Notifying
from otklik.desk.tickets.models.owning import Owning
from otklik.desk.tickets.models.partnering import Partnering
from otklik.desk.tickets.models.promising import Promising
from otklik.desk.tickets.models.queryset import HANGS_FROM, TicketManager
from otklik.desk.tickets.models.refusing import Refusing
from otklik.desk.tickets.models.releasing import Releasing
from otklik.desk.tickets.models.remembering import Remembering
from otklik.desk.tickets.models.reminding import Reminding
from otklik.desk.tickets.models.sensing import Sensing
from otklik.desk.tickets.models.serving import Serving
from otklik.desk.tickets.models.speaking import Speaking
from otklik.desk.tickets.models.states import ASLEEP, ENDED, OUR_MOVE, NextStep, Priority, Status
from otklik.desk.tickets.models.tag import LONGEST
from otklik.desk.tickets.models.tasking import Tasking
from otklik.desk.tickets.models.topic import Topic
from otklik.desk.tickets.models.turning import Turning
from otklik.desk.tickets.models.turning_back import TurningBack
from otklik.desk.tickets.models.tying import Tying
from otklik.desk.tickets.models.visiting import Visiting
from otklik.desk.tickets.models.waiting import Waiting
from otklik.desk.tickets.terms import UNCLASSED

# The two halves of the open tickets: lists and figures walk the index of one of them and of nothing else.
BY_AGE = models.Q(status__in=[*OUR_MOVE, *ASLEEP], id__gt=0)
"""Every number is above zero, but only lists by age say so: the planner would join their indexes to others in vain."""
OURS, WAITS = models.Q(status__in=OUR_MOVE), models.Q(status__in=ASLEEP)


class Ticket(
    Arriving,
    Remembering,
    Answering,
    CallingOff,
    Departing,
    Speaking,
    Refusing,
    Appealing,
    Releasing,
    AskingRelease,
    Guarding,
    Forwarding,
    Belonging,
    Inviting,
    Promising,
    Notifying,
    Reminding,
    Turning,
    TurningBack,
    Owning,
    Partnering,
    Sensing,
    Serving,
    Joining,
    Waiting,
    Accompanying,
    Classifying,
    Filling,
    Tying,
    Tasking,
    Mentioning,
    Visiting,
    Coming,
    Changing,
    models.Model,
):
    """One matter of one contact, from the first word to the last.

    `due_at` is the nearest of all clocks, promises and next steps and `due_from` the moment from which its time runs;
    `waiting_since` is the first message of the client that nobody has answered, `informed_at` our last one to them
    that no machine wrote.  `class_version` is the version of the service class that covers it, a number that only the
    room above understands.  `version` grows with each change.
    `works_with` are the numbers of those who work on it beside the owner (`Partner` says since when and by whom).
    `closed_to` are those who are protected from its client until a lead has looked at what happened (`Guarding`).
    `take_by` is until when the queue may have it, `inform_by` until when it sleeps without a word to the client; past
    the nearest of them or `due_at` it hangs.  `remind_at` is until when a client has time to answer our question;
    their class may ask for something before.  `refusal_asked` is the number of a refusal that waits for a lead's word,
    `held_answer` of an answer that waits for a curator's, `appealed` of an appeal against a refusal that is open.
    `upset_since` is when the client's words, or somebody of us, said that they are upset (`Sensing`).
    Columns from `subject` to `message_count` repeat what other tables know, so that a list reads one table.
    """

    Status, NextStep, Priority = Status, NextStep, Priority

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.OneToOneField(Conversation, models.PROTECT, related_name="ticket")
    contact = models.ForeignKey(
        Contact, models.PROTECT, related_name="tickets", verbose_name=_("contact"), db_index=False
    )
    team = models.ForeignKey(Team, models.PROTECT, related_name="tickets", verbose_name=_("line"))
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("owner")
    )
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")

    may_belong_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", verbose_name=_("may belong to"), db_index=False
    )

    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged_here", verbose_name=_("joined to"), db_index=False
    )

    topic = models.ForeignKey(
        Topic,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("topic"),
        db_index=False,
    )
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product"), db_index=False
    )
    tags = ArrayField(models.CharField(max_length=LONGEST), verbose_name=_("tags"), default=list, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)

    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.NEW)
    next_step = models.CharField(_("next step"), max_length=16, choices=NextStep, blank=True)
    next_note = models.CharField(_("what happens next"), max_length=300, blank=True)
    due_at = models.DateTimeField(_("due"), null=True)
    due_from = models.DateTimeField(null=True)
    take_by = models.DateTimeField(_("needs an owner by"), null=True)
    inform_by = models.DateTimeField(_("the client hears from us by"), null=True)
    remind_at = models.DateTimeField(_("the client has time until"), null=True)
    waits_for = models.CharField(_("third party for whom we wait"), max_length=120, blank=True)
    works_with = ArrayField(models.BigIntegerField(), default=list, blank=True)
    closed_to = ArrayField(models.BigIntegerField(), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    class_version = models.BigIntegerField(null=True, editable=False)
    class_name = models.CharField(_("service class"), max_length=80, blank=True)
    class_rank = models.PositiveSmallIntegerField(default=UNCLASSED)

    subject = models.CharField(_("subject"), max_length=1000, blank=True)
    contact_name = models.CharField(max_length=200, blank=True)
    client_name = models.CharField(max_length=200, blank=True)
    channel_kind = models.CharField(max_length=12)
    preview = models.CharField(max_length=200, blank=True)
    last_speaker = models.CharField(max_length=200, blank=True)
    last_message_id = models.BigIntegerField(null=True)
    last_in_id = models.BigIntegerField(null=True)
    message_count = models.PositiveIntegerField(default=0)
    delivery_trouble = models.BooleanField(_("a letter did not go out"), default=False)
    sender_doubtful = models.BooleanField(_("the sender's identity is in doubt"), default=False)
    moves = models.PositiveSmallIntegerField(_("times the date was moved"), default=0)
    reminded = models.PositiveSmallIntegerField(_("times reminded of our question"), default=0)
    reopened = models.PositiveSmallIntegerField(_("times reopened"), default=0)
    returned = models.CharField(_("why it came back"), max_length=12, blank=True)
    refusal_asked = models.BigIntegerField(null=True, editable=False)
    held_answer = models.BigIntegerField(null=True, editable=False)
    appealed = models.BigIntegerField(null=True, editable=False)
    upset_since = models.DateTimeField(_("the client is upset since"), null=True, editable=False)
    undo = models.JSONField(null=True, editable=False)

    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    last_at = models.DateTimeField(_("last message"), default=clock.now)
    waiting_since = models.DateTimeField(_("waits since"), null=True)
    first_answer_at = models.DateTimeField(_("first answer"), null=True)
    informed_at = models.DateTimeField(_("last answer"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects: TicketManager = TicketManager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=ENDED)
                | (~models.Q(next_step="") & models.Q(due_at__isnull=False, due_from__isnull=False)),
                name="open_ticket_has_next_step_and_due_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=ENDED) | models.Q(due_at=None, ended_at__isnull=False, next_step=""),
                name="ended_ticket_has_no_due_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(status="closed"), name="joined_ticket_is_closed"
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "due_at", "id"],
                include=["owner", "next_step", "channel_kind", "waiting_since"],
                name="ticket_line_moves",
                condition=OURS,
            ),
            models.Index(
                fields=["owner", "due_at", "id"],
                include=["team", "next_step"],
                name="ticket_own_ours",
                condition=OURS & models.Q(owner__isnull=False),
            ),
            models.Index(
                fields=["owner", "due_at"],
                include=["channel_kind"],
                name="ticket_own_load",
                condition=OURS & models.Q(owner__isnull=False),
            ),
            models.Index(
                fields=["team", "due_at", "id"],
                include=["next_step", "opened_at", "due_from", "class_rank", "priority", "channel_kind"],
                name="ticket_unowned_turn",
                condition=OURS & models.Q(owner=None),
            ),
            models.Index(
                fields=["due_at", "id"], include=["team", "owner", "next_step"], name="ticket_ours", condition=OURS
            ),
            models.Index(
                fields=["team", "status", "due_at", "id"],
                include=["owner", "waits_for"],
                name="ticket_line_asleep",
                condition=WAITS,
            ),
            models.Index(
                fields=["owner", "status", "due_at", "id"],
                include=["team"],
                name="ticket_own_waits",
                condition=WAITS & models.Q(owner__isnull=False),
            ),
            models.Index(fields=["status", "due_at", "id"], name="ticket_waits", condition=WAITS),
            models.Index(fields=["due_at", "id"], name="ticket_due", condition=models.Q(due_at__isnull=False)),
            models.Index(
                fields=["due_at", "id"], name="ticket_unowned", condition=models.Q(due_at__isnull=False, owner=None)
            ),
            models.Index(
                fields=["due_at", "id"],
                include=["team", "owner", "status"],
                name="ticket_promised",
                condition=models.Q(due_at__isnull=False, next_step="keep_promise"),
            ),
            models.Index(
                fields=["id"],
                name="ticket_hanging",
                condition=~models.Q(status__in=ENDED) & (models.Q(due_at=None) | models.Q(next_step="")),
            ),
            models.Index(fields=["opened_at", "id"], name="ticket_open_aged", condition=BY_AGE),
            models.Index(fields=["team", "opened_at", "id"], name="ticket_line_aged", condition=BY_AGE),
            models.Index(HANGS_FROM, "id", name="ticket_hangs", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["inform_by"], name="ticket_inform", condition=models.Q(inform_by__isnull=False)),
            models.Index(fields=["contact", "-id"], name="ticket_of_contact"),
            models.Index(fields=["opened_at"], include=["status", "team"], name="ticket_opened_of_line"),
            models.Index(fields=["-ended_at", "-id"], name="ticket_ended_all", condition=models.Q(due_at=None)),
            models.Index(fields=["team", "-ended_at", "-id"], name="ticket_ended", condition=models.Q(due_at=None)),
            models.Index(fields=["id"], name="ticket_trouble", condition=models.Q(delivery_trouble=True)),
            models.Index(fields=["merged_into"], name="ticket_joined", condition=models.Q(merged_into__isnull=False)),
            models.Index(
                fields=["may_belong_to"], name="ticket_may_belong", condition=models.Q(may_belong_to__isnull=False)
            ),
            models.Index(fields=["topic", "-id"], name="ticket_of_topic", condition=models.Q(topic__isnull=False)),
            models.Index(
                fields=["product", "-id"], name="ticket_of_product", condition=models.Q(product__isnull=False)
            ),
            GinIndex(fields=["tags"], name="ticket_tagged", condition=~models.Q(tags=[])),
            GinIndex(fields=["works_with"], name="ticket_joint", condition=~models.Q(works_with=[])),
            models.Index(
                fields=["due_at", "id"],
                include=["team", "owner"],
                name="ticket_third",
                condition=models.Q(status="scheduled") & ~models.Q(waits_for=""),
            ),
            models.Index(fields=["due_at", "id"], name="ticket_upset", condition=models.Q(upset_since__isnull=False)),
            GinIndex(
                fields=["details"],
                name="ticket_details",
                opclasses=["jsonb_path_ops"],
                condition=~models.Q(details={}),
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} {self.subject}".strip()

    @property
    def number(self) -> int:
        """The number for people; access is never decided by it."""
        return self.pk

    @property
    def is_open(self) -> bool:
        return self.status not in ENDED

    @property
    def is_chat(self) -> bool:
        """Whether its client writes in a messenger, where nothing has subjects, copies and signatures."""
        return talk_on(self.channel_kind).is_chat

    @property
    def is_our_move(self) -> bool:
        return self.status in OUR_MOVE

    def show_last(self, message: Message) -> None:
        """Repeat on the row what a list shows of the newest message."""
        self.preview, self.last_at = message.preview, message.at
        self.last_speaker = "" if message.direction == "in" else message.author_name
        self.last_message_id = message.pk
        if message.direction == "in":
            self.last_in_id = message.pk
        self.message_count += 1
