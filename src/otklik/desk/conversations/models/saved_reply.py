"""Texts that are written once and sent many times."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower, Now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Team, User
from otklik.desk.conversations.events import SavedReplyChanged
from otklik.desk.conversations.models.conversation import Conversation
from otklik.desk.conversations.models.saved_offer import Offering

REVIEWED_FOR = timedelta(days=365)
"""A text that somebody calls still good is looked at again so much later."""


class Purpose(models.TextChoices):
    """Texts that the desk offers or sends at one place."""

    BOUNDARY = "boundary", _("out of our scope: offered in a refusal")
    WARNING = "warning", _("abuse: the warning")
    STOP = "stop", _("abuse: we stop the talk")
    RULE = "rule", _("abuse: the public rule, for a refused request")


class SavedReplyQuerySet(models.QuerySet["SavedReply"]):
    def usable_by(self, user: User) -> "SavedReplyQuerySet":
        """One's own, those of one's lines and those of everybody."""
        shared = Q(owner=None, team=None) | Q(owner=None, team__in=user.team_ids)
        return self.filter((Q(owner=None) if user.sees_everything else shared) | Q(owner=user))

    def text_for(self, purpose: str, team_id: int, language: str) -> str:
        """What the line sends at that place, else what everybody does; "" where nobody has written it."""
        found = self.filter(Q(team=team_id) | Q(team=None), purpose=purpose, owner=None)
        reply = found.order_by(F("team").asc(nulls_last=True), "pk").first()
        return reply.in_language(language) if reply else ""

    def offered_to(self, user: User) -> "SavedReplyQuerySet":
        """Texts of colleagues that they would share, and on which this person may decide."""
        if not (user.is_active and user.leads):
            return self.none()
        found = self.exclude(offered_at=None).exclude(owner=user)
        return found if user.sees_everything else found.filter(Q(offered_team=None) | Q(offered_team__in=user.team_ids))

    def favourites_first(self, user: User) -> "SavedReplyQuerySet":
        """What this person uses most comes first; `mine` is how often."""
        times = SavedReplyUse.objects.filter(reply=models.OuterRef("pk"), user=user).values("times")
        return self.annotate(mine=Coalesce(models.Subquery(times[:1]), 0)).order_by("-mine", Lower("name"), "pk")


class SavedReply(Offering, models.Model):
    """A text with places to fill in (see placeholders), of one person, of a line or of everybody.

    `text_en` goes to clients who read English; empty: everybody gets `text`.  `wordings` say the same on another
    channel or to whom one speaks in another way.  `keeper` answers for it and is asked on `review_on`.
    """

    name = models.CharField(_("name"), max_length=120)
    shortcut = models.CharField(_("shortcut"), max_length=40, blank=True)
    text = models.TextField(_("text"), max_length=20_000)
    text_en = models.TextField(_("text in English"), max_length=20_000, blank=True)
    purpose = models.CharField(_("for what"), max_length=8, choices=Purpose, blank=True, default="", db_default="")
    owner = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("whose"))
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("line"))
    keeper = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who answers for it")
    )
    review_on = models.DateField(_("to be looked at on"), null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    """When its keeper was asked for the last time whether it is still good."""
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = SavedReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved reply")
        verbose_name_plural = _("saved replies")
        constraints = [
            models.CheckConstraint(condition=Q(owner=None) | Q(team=None), name="saved_for_one_or_for_a_line"),
            models.CheckConstraint(
                condition=Q(owner=None) | Q(purpose__in=["", "boundary"]), name="letters_of_the_desk_are_shared"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A shortcut is one word and means one text for whoever types it; what the desk sends is nobody's own."""
        if self.owner_id and self.purpose not in ("", Purpose.BOUNDARY):
            raise ValidationError({"purpose": _("The desk sends it by itself: choose a line or everybody.")})
        self.shortcut = self.shortcut.strip().removeprefix("::").lower()
        if any(not (letter.isalnum() or letter in "-_") for letter in self.shortcut):
            raise ValidationError({"shortcut": _("Letters, digits, - and _ only.")})
        if self.shortcut and self._same_shortcut().exists():
            raise ValidationError({"shortcut": _("Another text has this shortcut.")})

    def _same_shortcut(self) -> SavedReplyQuerySet:
        everybody = SavedReply.objects.filter(shortcut=self.shortcut).exclude(pk=self.pk)
        if self.owner_id:
            return everybody.filter(Q(owner=None) | Q(owner=self.owner_id))
        return everybody.filter(owner=None)

    @transaction.atomic
    def keep(self, *, by: User) -> None:
        """Save, and remember who did."""
        self.changed_by, self.changed_at, self.asked_at = by, clock.now(), None
        self.save()
        publish(SavedReplyChanged(reply_id=self.pk, name=self.name, what="kept"), by=by)

    @transaction.atomic
    def remove(self, *, by: User) -> None:
        publish(SavedReplyChanged(reply_id=self.pk, name=self.name, what="removed"), by=by)
        self.delete()

    @transaction.atomic
    def still_good(self, *, by: User) -> None:
        """Somebody has looked at it: it is asked for again in a year, or when nobody uses it for long."""
        self.reviewed_at, self.asked_at = clock.now(), None
        if self.review_on:
            self.review_on = clock.house_today() + REVIEWED_FOR
        self.save(update_fields=["reviewed_at", "asked_at", "review_on"])
        publish(SavedReplyChanged(reply_id=self.pk, name=self.name, what="reviewed"), by=by)

    @property
    def whose(self) -> User | None:
        """Who is asked about it: who answers for it, whose it is, else who wrote it last."""
        return next((one for one in (self.keeper, self.owner, self.changed_by) if one and one.is_active), None)

    def in_language(self, language: str) -> str:
        """The text for a client of that language."""
        return self.text_en if language == "en" and self.text_en.strip() else self.text

    def said_to(self, language: str, channel: str = "", tone: str = "") -> str:
        """The text for a client of that language, on a channel of that kind, spoken to in that way (`names.tone_of`).

        The nearest wording: what fits the channel comes before what fits the tone.  A client who reads English never
        gets another language while there is an English text.
        """
        way = "email" if channel == "form" else channel
        fit = [one for one in self.wordings.all() if one.channel in ("", way) and one.tone in ("", tone)]
        best = max(fit, key=lambda one: (bool(one.channel), bool(one.tone)), default=None)
        if best is None:
            return self.in_language(language)
        if language == "en":
            return next((text for text in (best.text_en, self.text_en) if text.strip()), best.text)
        return best.text

    def used(self, *, by: User, conversation: Conversation | None = None) -> None:
        """Somebody put it into an answer of this talk."""
        use, fresh = SavedReplyUse.objects.get_or_create(reply=self, user=by, defaults={"times": 1})
        if not fresh:
            SavedReplyUse.objects.filter(pk=use.pk).update(times=F("times") + 1, last_at=clock.now())
        if conversation is not None:
            put = SavedReplyPut(reply=self, conversation=conversation)
            SavedReplyPut.objects.bulk_create([put], ignore_conflicts=True)


class SavedReplyWording(models.Model):
    """The same said on one channel, or to whom one speaks in one way; "" is any."""

    class Channel(models.TextChoices):
        LETTER = "email", _("in a letter")
        TELEGRAM = "telegram", _("in Telegram")
        CHAT = "chat", _("in a chat on the site")

    class Tone(models.TextChoices):
        FORMAL = "formal", _("formal: вы")
        INFORMAL = "informal", _("informal: ты")

    reply = models.ForeignKey(SavedReply, models.CASCADE, related_name="wordings")
    channel = models.CharField(_("where"), max_length=12, choices=Channel, blank=True, default="")
    tone = models.CharField(_("how one speaks"), max_length=8, choices=Tone, blank=True, default="")
    text = models.TextField(_("text"), max_length=20_000)
    text_en = models.TextField(_("text in English"), max_length=20_000, blank=True)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "channel", "tone"], name="worded_once_for_a_way"),
            models.CheckConstraint(condition=~Q(channel="", tone=""), name="a_wording_is_for_some"),
        ]


class SavedReplyUse(models.Model):
    """How often one person used one text."""

    reply = models.ForeignKey(SavedReply, models.CASCADE, related_name="uses")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    times = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reply", "user"], name="uses_counted_once")]


class SavedReplyPut(models.Model):
    """In which talk a text was put into an answer: what came of these talks is told beside it."""

    reply = models.ForeignKey(SavedReply, models.CASCADE, related_name="puts")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reply", "conversation"], name="put_once_into_a_talk")]
