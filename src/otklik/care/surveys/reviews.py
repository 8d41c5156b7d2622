"""What clients let us show of their scores, and the public pages of people on which it stands.

Nothing is shown by itself: the company switches the pages on, each person theirs, a client allows their words, a lead
lets them through.  A rating is drawn to that of the team while it rests on few scores (METRICS P9).
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.marks import to_strangers
from otklik.core.journal import clock
from otklik.core.journal.rows import first
from otklik.core.recent import Recent
from otklik.core.staff.models import User
from otklik.desk.tickets.links import site_url

if TYPE_CHECKING:
    from otklik.care.surveys.models import Answer, Score
    from otklik.desk.tickets.models import Ticket

_were_on: Recent[bool] = Recent(15.0)
"""Letters of another process may name a page this much longer."""
SHOWN = """
SELECT slug FROM surveys_publicpage p JOIN staff_user u ON u.id = p.user_id
WHERE p.user_id = %s AND p.is_on AND NOT p.is_blocked AND u.is_active
    AND EXISTS (SELECT FROM surveys_publicpages WHERE id = 1 AND is_on)
"""
"""As `PublicPage.objects.shown()` has it; bare, for every letter asks it."""
LATELY = timedelta(days=365)
"""Scores of so long count."""
FEWEST = 10
"""METRICS P9: of fewer scores no rating is shown."""
LONGEST_BIO, LONGEST_REPLY = 600, 1000
SLUG = RegexValidator(r"^[a-z0-9][a-z0-9-]{1,39}\Z", _("Small Latin letters, digits and -, as in anna-b."))


class PublicPages(models.Model):
    """Whether people of the company have public pages at all; off until the head switches them on."""

    is_on = models.BooleanField(_("people may have public pages"), default=False)

    class Meta:
        verbose_name = _("public pages of people")
        verbose_name_plural = _("public pages of people")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_switch_of_public_pages")]

    def save(self, *args: Any, **named: Any) -> None:
        super().save(*args, **named)
        _were_on.forget()

    @classmethod
    def are_on(cls) -> bool:
        return cls.objects.filter(pk=1, is_on=True).exists()

    @classmethod
    def were_on(cls) -> bool:
        """The same as of some seconds ago, for every letter asks."""
        return _were_on.get(cls.are_on)


class PublicPageQuerySet(models.QuerySet["PublicPage"]):
    def shown(self) -> "PublicPageQuerySet":
        """Those that anybody may open now."""
        living = self.filter(is_on=True, is_blocked=False, user__is_active=True)
        return living.filter(models.Exists(PublicPages.objects.filter(pk=1, is_on=True))).select_related("user")

    def led_by(self, user: User) -> "PublicPageQuerySet":
        """Public ones, and those switched off by a lead, of people whom this lead answers for."""
        theirs = self.filter(is_on=True, user__is_active=True).select_related("user").order_by("user__name", "pk")
        colleagues = User.objects.filter(teams__in=user.team_ids)
        return theirs if user.sees_everything else theirs.filter(user__in=colleagues)

    def of(self, user: User) -> "PublicPage":
        """The page of a person, which may not be stored yet."""
        found = self.filter(user=user).first()
        return found or PublicPage(user=user, shown_name=user.first_name)


class PublicPage(models.Model):
    """The page of one person: their own words, under the name that they choose."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    slug = models.CharField(
        _("end of the address"), max_length=40, unique=True, validators=[SLUG], help_text=_("/people/ and this word")
    )
    shown_name = models.CharField(
        _("name on the page"), max_length=60, help_text=_("The first name is enough: the surname only if you want it.")
    )
    bio = models.TextField(_("about me"), max_length=LONGEST_BIO, blank=True)
    has_portrait = models.BooleanField(_("show my portrait"), default=False)
    is_on = models.BooleanField(_("my page is public"), default=False)
    is_blocked = models.BooleanField(_("switched off by a lead"), default=False, editable=False)

    objects = PublicPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("public page")
        verbose_name_plural = _("public pages")

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> str:
        """For the portrait: nothing of the person but what they chose."""
        return self.shown_name

    @property
    def portrait(self) -> str:
        return self.user.portrait if self.has_portrait else ""


class ReviewQuerySet(models.QuerySet["Review"]):
    def shown(self) -> "ReviewQuerySet":
        return self.filter(state=Review.State.SHOWN)

    def waiting(self) -> "ReviewQuerySet":
        return self.filter(state=Review.State.WAITING)

    def for_moderation_of(self, user: User) -> "ReviewQuerySet":
        """What a lead decides on: of people in their lines, never of themselves."""
        theirs = self.exclude(agent=user)
        if user.sees_everything:
            return theirs
        lines = user.team_ids
        return theirs.filter(models.Q(score__team__in=lines) | models.Q(given__invitation__team__in=lines))

    def with_marks(self) -> "ReviewQuerySet":
        """Each with the mark that it stands beside."""
        return self.select_related("score", "given__question")

    def by_id(self, pk: int) -> "Review | None":
        return self.select_for_update(of=("self",)).filter(pk=pk).first()


class Review(models.Model):
    """The words beside one mark that its client lets us show; they count as they were when the client allowed it.

    The mark is a `Score`, or on another scale than the five faces an `Answer`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("not looked at yet")
        SHOWN = "shown", _("shown")
        HIDDEN = "hidden", _("not shown")

    score = models.OneToOneField("surveys.Score", models.CASCADE, null=True, related_name="review")
    given = models.OneToOneField("surveys.Answer", models.CASCADE, null=True, related_name="review")
    agent = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(_("review"))
    signed_as = models.CharField(_("signed"), max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    given_at = models.DateTimeField(default=clock.now)
    moderated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    moderated_at = models.DateTimeField(null=True)
    reply = models.CharField(_("answer"), max_length=LONGEST_REPLY, blank=True)
    replied_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__isnull=False, given=None) | models.Q(score=None, given__isnull=False),
                name="review_of_one_mark",
            )
        ]
        indexes = [
            models.Index(fields=["agent", "-id"], name="review_of_agent"),
            models.Index(fields=["id"], name="review_waiting", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.pk} of {self.agent_id}"

    @property
    def mark(self) -> str:
        """The mark beside the words, for whoever does not know what was asked."""
        one = self.score or self.given
        return to_strangers(one) if one else ""

    @transaction.atomic
    def moderate(self, state: str, *, by: User) -> None:
        """Let it be seen, or not: for personal data and abuse, never for its tone.  Raises ValidationError."""
        if state not in (self.State.SHOWN, self.State.HIDDEN):
            raise ValidationError(_now("Choose one of the list."))
        if by.pk == self.agent_id:
            raise ValidationError(_now("Nobody decides on reviews of themselves."))
        self.state, self.moderated_by, self.moderated_at = state, by, clock.now()
        self.save(update_fields=["state", "moderated_by", "moderated_at"])

    @transaction.atomic
    def answer(self, text: str, *, by: User) -> None:
        """The person's own answer, once.  Raises ValidationError."""
        said = text.replace("\x00", "").strip()
        locked = Review.objects.by_id(self.pk)
        if locked is None or by.pk != locked.agent_id or locked.state != self.State.SHOWN:
            raise ValidationError(_now("There is nothing to answer."))
        if locked.reply:
            raise ValidationError(_now("You have answered it already."))
        if not said:
            raise ValidationError(_now("Write the answer first."))
        if len(said) > LONGEST_REPLY:
            raise ValidationError(_now("This is too long."))
        self.reply, self.replied_at = said, clock.now()
        self.save(update_fields=["reply", "replied_at"])


@transaction.atomic
def allow(mark: "Score | Answer", *, shown: bool, signed: bool) -> Review | None:
    """The client says of their mark whether its words may be shown, and whether with their first name.

    Other words than before are looked at anew; without words, or without the tick, nothing of it stays.
    """
    of, text, agent, ticket = _of(mark)
    if not shown or not text or agent is None or ticket is None or not can_be_reviewed(agent):
        Review.objects.filter(**of).delete()
        return None
    name = ticket.contact.name.split(" ")[0][:60] if signed else ""
    known = Review.objects.filter(**of).first()
    if known and (known.text, known.signed_as) == (text, name):
        return known
    Review.objects.filter(**of).delete()
    return Review.objects.create(**of, agent=agent, text=text, signed_as=name)


def _of(mark: "Score | Answer") -> "tuple[dict[str, Any], str, User | None, Ticket | None]":
    """(which mark, its words, who answered, the request)"""
    from otklik.care.surveys.models import Score

    if isinstance(mark, Score):
        return {"score": mark}, mark.comment, mark.agent, mark.ticket
    return {"given": mark}, mark.words, mark.invitation.agent, mark.invitation.ticket


def can_be_reviewed(agent: User | None) -> bool:
    """Whether there is a page on which it would be shown."""
    return page_of(agent) is not None


def page_of(agent: User | None) -> PublicPage | None:
    """The page that everybody may open, where there is one; it costs a query only while the company has them on."""
    return PublicPage.objects.shown().filter(user=agent).first() if agent and PublicPages.were_on() else None


def line_of_letter(ticket: "Ticket") -> str:
    """Where the client reads who answers them; "" while there is no such page."""
    page = first(SHOWN, ticket.owner_id) if ticket.owner_id and PublicPages.were_on() else None
    return _now("About who answers you: %s") % f"{site_url()}/people/{page[0]}/" if page else ""
