"""What makes one request after another: what clients notice, what helps meanwhile, who removes it, what that costs."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.problems import telling
from otklik.care.problems.access import can_own, may_begin
from otklik.care.problems.events import ProblemBegun
from otklik.care.problems.models.leading import Leading
from otklik.care.problems.models.linking import Linking
from otklik.care.problems.states import State
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.models import Product
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket, Topic

LONGEST_TITLE = 200
LONGEST_TEXT = 4000
USUAL_WAKE = timedelta(days=7)
LATEST_WAKE = timedelta(days=366)
"""What is looked at later than that is forgotten."""
LATE = timedelta(days=7)
"""So long after its day the heads hear of what its owner has not looked at."""
SWEPT = 200


class ProblemQuerySet(models.QuerySet["Problem"]):
    def standing(self) -> "ProblemQuerySet":
        """Clients still meet it, or nobody has looked yet whether they do."""
        return self.filter(wake_on__isnull=False)

    def linkable(self) -> "ProblemQuerySet":
        """What a request may belong to: everything that is not over.  What is removed may come again, and what came of
        the removal is counted by what is linked to it.
        """
        return self.filter(checked_at=None)

    def of(self, user: User) -> "ProblemQuerySet":
        """Which this person has to look at by now, the longest due first."""
        return self.filter(owner=user, wake_on__lte=clock.house_today()).order_by("wake_on", "pk")

    def most_like(self, topic: int | None, product: int | None) -> "ProblemQuerySet":
        """What a request of this topic and product may belong to: the likest first, then the newest; of those that are
        equally like, the removed ones last.
        """
        like = models.Case(
            models.When(Q(topic=topic, topic__isnull=False), then=2),
            models.When(Q(product=product, product__isnull=False), then=1),
            default=0,
        )
        gone = models.Case(models.When(state=State.REMOVED, then=1), default=0)
        return self.linkable().annotate(like=like, gone=gone).order_by("-like", "gone", "-pk")


class ProblemManager(models.Manager.from_queryset(ProblemQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def begin(
        self,
        *,
        title: str,
        notices: str,
        by: User,
        owner: User | None = None,
        workaround: str = "",
        topic: Topic | None = None,
        product: Product | None = None,
        article: int | None = None,
        article_name: str = "",
        wake_on: date | None = None,
        tickets: Iterable[Ticket] = (),
        key: str | None = None,
        candidate: int | None = None,
    ) -> "Problem":
        """From now on it has an owner and a day on which it is looked at again.

        The same `key`, that of a form, gives the same one.  Raises Invalid with the name of the field, Conflict for who
        answers no clients.
        """
        if not may_begin(by):
            raise Conflict(_now("Only who answers clients begins a problem."))
        if key and (again := self.filter(key=key).first()):
            return again
        owner = owner or by
        if not can_own(owner):
            raise Invalid(
                _now("%(name)s cannot own a problem: choose somebody who works here.") % {"name": owner}, "owner"
            )
        made: Problem = self.model(
            title=written(title, "title", _now("Say in a few words what comes again and again.")),
            notices=written(notices, "notices", _now("Say what the clients notice, in their words.")),
            workaround=clean(workaround),
            owner=owner,
            by=by,
            topic=topic,
            product=product,
            article=article,
            article_name=article_name[:LONGEST_TITLE],
            wake_on=day_to_wake(wake_on or clock.house_today() + USUAL_WAKE),
            key=key,
        )
        made.title = made.title[:LONGEST_TITLE]
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError:  # pressed twice at one moment
            return self.get(key=key)
        publish(ProblemBegun(problem_id=made.pk, owner_id=owner.pk, candidate_id=candidate), by=by)
        if owner.pk != by.pk:
            telling.tell_owner(made)
        made.link_all(tickets, by=by)
        return made

    @transaction.atomic
    def wake(self) -> int:
        """The day of these has come: the owner is told once, a week later who leads the department."""
        today = clock.house_today()
        due = Q(woken=0, wake_on__lte=today) | Q(woken=1, wake_on__lte=today - LATE)
        held = self.filter(due).select_for_update(of=("self",), skip_locked=True, no_key=True)
        rows = list(held.select_related("owner").order_by("wake_on", "pk")[:SWEPT])
        for one in rows:
            one.woken += 1
            telling.tell_woken(one)
        self.bulk_update(rows, ["woken"])
        return len(rows)


class Problem(Leading, Linking, models.Model):
    """Its number is that of the row.

    `notices` is what clients meet, in their words; `workaround` may stand in an answer to any of them; `cause` once it
    is known.  `topic`, `product` and `article` are by which requests of it are recognised (the article is a number of
    the knowledge base).  `fix_cost`, in the money of the company, is the price of the removal, `effect` the share in
    percent of the requests that it is thought to end; None is not known.  Nothing hangs: until somebody looked at what
    came of a removal, `wake_on` is the day on which its owner looks at it again; `woken` counts who was told (owner,
    heads).  `reason` and `decided_by` are of what is lived with, `result` of what was removed, `checked` of what was
    seen a month later.  `edition` goes on by one with each change of what its form shows, so that nobody writes over
    what they have not seen.
    """

    title = models.CharField(_("What comes again and again"), max_length=LONGEST_TITLE)
    notices = models.TextField(_("What clients notice"), max_length=LONGEST_TEXT)
    workaround = models.TextField(_("What helps meanwhile"), max_length=LONGEST_TEXT, blank=True)
    cause = models.TextField(_("Cause"), max_length=LONGEST_TEXT, blank=True)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Owner"), db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"), db_index=False)
    begun_at = models.DateTimeField(_("Since"), default=clock.now)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.LOOKED)
    wake_on = models.DateField(_("Looked at again"), null=True)
    woken = models.PositiveSmallIntegerField(default=0, editable=False)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Topic"))
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Product"), db_index=False
    )
    article = models.BigIntegerField(_("Article"), null=True, blank=True)
    article_name = models.CharField(max_length=LONGEST_TITLE, blank=True)
    fix_cost = models.DecimalField(
        _("Price of the removal"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    effect = models.PositiveSmallIntegerField(
        _("Share of the requests that it ends, %"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    reason = models.TextField(_("Why we live with it"), max_length=LONGEST_TEXT, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Who decided"), db_index=False
    )
    result = models.TextField(_("What was done"), max_length=LONGEST_TEXT, blank=True)
    removed_at = models.DateTimeField(_("Removed"), null=True)
    checked_at = models.DateTimeField(_("Looked at what came of it"), null=True)
    checked = models.TextField(_("What came of it"), max_length=LONGEST_TEXT, blank=True)
    key = models.CharField(max_length=40, unique=True, null=True, editable=False)
    edition = models.PositiveIntegerField(default=1, editable=False)

    objects: ProblemManager = ProblemManager()

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        constraints = [
            models.CheckConstraint(
                condition=Q(wake_on__isnull=False, checked_at=None)
                | Q(wake_on=None, checked_at__isnull=False, state=State.REMOVED),
                name="problem_wakes_until_it_is_over",
            ),
            models.CheckConstraint(
                condition=Q(state=State.REMOVED, removed_at__isnull=False) & ~Q(result="")
                | ~Q(state=State.REMOVED) & Q(removed_at=None),
                name="problem_removed_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.LIVED) | Q(decided_by__isnull=False) & ~Q(reason=""),
                name="problem_lived_with_by_a_decision",
            ),
            models.CheckConstraint(condition=~Q(state=State.KNOWN) | ~Q(cause=""), name="known_error_has_a_cause"),
        ]
        indexes = [
            models.Index(fields=["wake_on"], name="problem_wakes", condition=Q(wake_on__isnull=False)),
            models.Index(fields=["owner", "wake_on"], name="problem_of_owner", condition=Q(wake_on__isnull=False)),
            models.Index(fields=["-checked_at", "-id"], name="problem_over", condition=Q(wake_on=None)),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} {self.title}".strip()

    @property
    def number(self) -> int:
        return self.pk

    @property
    def is_over(self) -> bool:
        return self.checked_at is not None

    @property
    def is_removed(self) -> bool:
        return self.state == State.REMOVED

    @property
    def is_awake(self) -> bool:
        return self.wake_on is not None and self.wake_on <= clock.house_today()

    @property
    def stage(self) -> State:
        return State(self.state)

    def stand(self, state: State, *, decided_by: User | None = None, removed_at: datetime | None = None) -> str:
        """From now on; what belongs to another state is gone with it.  Returns what it was, for who saves it."""
        was, self.state = self.state, state
        self.decided_by, self.removed_at, self.checked_at = decided_by, removed_at, None
        self.reason = self.checked = ""
        if was == State.REMOVED:
            self.wake_up(clock.house_today() + USUAL_WAKE)
        return was

    def wake_up(self, day: date) -> date | None:
        """On that day from now on.  Returns the day before, for who saves it."""
        was, self.wake_on, self.woken = self.wake_on, day, 0
        self.edition += 1
        return was

    def end(self, checked: str) -> None:
        """It is over, for who saves it."""
        self.checked, self.checked_at, self.wake_on = checked, clock.now(), None

    def lock(self) -> None:
        """Hold the row until the transaction ends and read its present values."""
        self.refresh_from_db(from_queryset=Problem.objects.select_for_update(no_key=True))


def clean(text: str) -> str:
    return text.replace("\0", "").strip()[:LONGEST_TEXT]


def written(text: str, field: str, missing: str) -> str:
    """Words that somebody has to write; raises Invalid without them."""
    words = clean(text)
    if not words:
        raise Invalid(missing, field)
    return words


def day_to_wake(day: date) -> date:
    """Raises Invalid for a day that is over or too far."""
    today = clock.house_today()
    if not today < day <= today + LATEST_WAKE:
        raise Invalid(_now("Choose a day from tomorrow on, within a year."), "wake_on")
    return day
