"""What a person is paid for a period, line by line, and whether they agree."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.formulas import malus_limit
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.team.indicators import events, telling
from otklik.team.indicators.access import may_approve, may_decide, may_see_money
from otklik.team.indicators.leaving import left_within, share_of
from otklik.team.indicators.models.close import Close, Frozen
from otklik.team.indicators.models.dispute import Dispute
from otklik.team.indicators.models.part import Part
from otklik.team.indicators.models.scheme import Currency, Scheme, covered
from otklik.team.indicators.period import Period, Span
from otklik.team.indicators.reckoning import CRITICAL, Reckoned, Terms, reckoned, troubles

DAYS_TO_DISPUTE = 5
"""Working days (METRICS Q5)."""


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, user: User) -> "StatementQuerySet":
        """For who pays: of everybody, or of the people of the lines one leads, one's own approved one among them."""
        if may_decide(user):
            return self
        own = models.Q(person=user, state=State.APPROVED)
        if not may_see_money(user):
            return self.filter(own)
        theirs = User.objects.filter(memberships__team__in=list(user.team_ids)).exclude(pk=user.pk)
        return self.filter(own | models.Q(person__in=theirs) | models.Q(scheme__approver=user) & ~models.Q(person=user))

    def seen_by(self, user: User) -> "StatementQuerySet":
        """One's own, once they are approved."""
        return self.filter(person=user, state=State.APPROVED)

    def drafts(self) -> "StatementQuerySet":
        return self.filter(state=State.DRAFT)

    def told(self) -> "StatementQuerySet":
        return self.select_related("person", "scheme__approver", "close", "approved_by", "dispute__answered_by")


class StatementManager(models.Manager.from_queryset(StatementQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def draft(self, close: Close) -> "Drafted":
        """One for each person whom a scheme covers and whose plan can be paid; who has one already keeps it.

        Raises Refused when the month is open.
        """
        if Close.objects.select_for_update().get(pk=close.pk).reopened_at:
            raise Refused(_("This month is open already."))
        made, left = list[Statement](), dict[str, list[str]]()
        for span in Span:
            period = Period.of(span, close.month)
            if period.last_month == close.month:
                self._draft_of(close, period, made, left)
        return Drafted(made, left)

    def _draft_of(self, close: Close, period: Period, made: "list[Statement]", left: dict[str, list[str]]) -> None:
        rows = close.frozen.told().filter(plan__indicator__span=period.span, plan__indicator__person__isnull=False)
        of_person: dict[int, list[Frozen]] = defaultdict(list)
        for row in rows.order_by("pk"):
            of_person[row.plan.indicator.person_id or 0].append(row)
        done = set(self.filter(starts_on=period.first, scheme__span=period.span).values_list("person", flat=True))
        left_on = left_within(period)
        for pk, (scheme, person) in covered(Scheme.objects.in_force(period), left_on).items():
            if pk in done or (pk in left_on and pk not in of_person):
                continue
            why = troubles([row.plan for row in of_person[pk]])
            if why:
                left[person.name] = [str(one) for one in why]
            else:
                made.append(self._write(close, period, scheme, person, of_person[pk], left_on.get(pk)))

    def _write(
        self, close: Close, period: Period, scheme: Scheme, person: User, rows: list[Frozen], last: date | None
    ) -> "Statement":
        """`last` is the last day of somebody who left: the base is that of the days they worked."""
        share = share_of(period, last, _calendar_of(person)) if last else Decimal(1)
        terms = replace(scheme.terms, base=(scheme.base * share).quantize(Decimal("0.01")))
        told = reckoned(terms, [(row.plan, row.value, row.n) for row in rows])
        names = {"base": terms.base, "currency": scheme.currency, "cap": scheme.cap, "fewest": scheme.fewest}
        statement: Statement = self.create(
            close=close,
            scheme=scheme,
            person=person,
            starts_on=period.first,
            worked_until=last,
            total=told.total,
            payout=told.payout,
            **names,
        )
        Part.objects.bulk_create(
            Part(
                statement=statement,
                frozen=row,
                score=share.score,
                neutral=share.neutral,
                brought=share.brought,
                moved=share.moved,
            )
            for row, share in zip(rows, told.shares, strict=True)
        )
        return statement


class Drafted:
    """The statements that were made, and of whom none could be: the person's name with the reasons."""

    def __init__(self, made: "list[Statement]", left: dict[str, list[str]]) -> None:
        self.made, self.left = made, left


class Statement(models.Model):
    """Of one person for one period; `payout` is what the formula gives, `cut` what was taken off it with a reason.

    `worked_until` is the last day of somebody who left within the period; their base is that of the days until then.
    Terms are those of the scheme when it was made.  Approved, its figures stand: only the answer to a dispute
    can put another amount beside them.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="statements", verbose_name=_("bonus scheme"))
    close = models.ForeignKey(Close, models.PROTECT, related_name="statements", verbose_name=_("closed month"))
    person = models.ForeignKey(User, models.PROTECT, related_name="statements", verbose_name=_("person"))
    starts_on = models.DateField(_("from day"))
    worked_until = models.DateField(_("worked until"), null=True)
    base = models.DecimalField(_("bonus at the target"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    cap = models.DecimalField(_("the most that counts"), max_digits=3, decimal_places=2)
    fewest = models.PositiveIntegerField(_("smallest sample"))
    gate = models.FloatField(_("what a critical error leaves"), null=True)
    total = models.FloatField(_("earned part"))
    payout = models.DecimalField(_("by the formula"), max_digits=12, decimal_places=2)
    cut = models.DecimalField(_("taken off"), max_digits=12, decimal_places=2, default=0)
    cut_why = models.CharField(_("why"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by"))
    approved_at = models.DateTimeField(_("approved"), null=True)
    dispute_until = models.DateTimeField(_("may be disputed until"), null=True)
    seen_at = models.DateTimeField(_("read"), null=True)

    objects: StatementManager = StatementManager()

    class Meta:
        verbose_name = _("bonus statement")
        verbose_name_plural = _("bonus statements")
        ordering = ["-starts_on", "person__name", "pk"]
        indexes = [models.Index(fields=["person", "-starts_on"], name="statement_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["person", "scheme", "starts_on"], name="one_statement_of_a_period"),
            models.CheckConstraint(
                condition=models.Q(cut__gte=0, cut__lte=models.F("payout")), name="cut_within_the_bonus"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.starts_on:%Y-%m}"

    @property
    def period(self) -> Period:
        return Period.of(self.scheme.span, self.starts_on)

    @cached_property
    def disputed(self) -> "Dispute | None":
        return getattr(self, "dispute", None)

    @property
    def amount(self) -> Decimal:
        """What is paid: by the answer to the dispute, else by the formula less what was taken off."""
        if self.disputed and self.disputed.amount is not None:
            return self.disputed.amount
        return self.payout - self.cut

    @property
    def waits_for_answer(self) -> bool:
        return self.disputed is not None and self.disputed.answered_at is None

    def may_be_disputed(self, now: datetime) -> bool:
        until = self.dispute_until
        return self.state == State.APPROVED and self.disputed is None and until is not None and now <= until

    @transaction.atomic
    def lower(self, *, critical: bool, cut: Decimal, salary: Decimal | None, why: str, by: User) -> None:
        """Before it is approved: a confirmed critical error caps it, a cut takes off no more than the law allows.

        Of a month's pay at most a fifth, so a cut needs the salary, which is not kept.  Raises Refused.
        """
        self._hold(by)
        if (critical or cut) and not why.strip():
            raise Refused(_("Say why: the person will read it."), "why")
        gate = CRITICAL if critical else None
        told = self._again(gate)
        if cut:
            if salary is None:
                raise Refused(_("Without the salary of the month nobody can say how much may be taken off."), "salary")
            most = Decimal(str(malus_limit(float(cut), float(salary), float(told.payout)))).quantize(Decimal("0.01"))
            if cut > most:
                words = _(
                    "At most %(most)s may be taken off: a fifth of the month's pay, and never more than the bonus."
                )
                raise Refused(words % {"most": most}, "cut")
        self.gate, self.total, self.payout = gate, told.total, told.payout
        self.cut, self.cut_why = cut, why.strip() if critical or cut else ""
        self.save(update_fields=["gate", "total", "payout", "cut", "cut_why"])
        publish(events.StatementLowered(statement_id=self.pk, user_id=self.person_id), by=by)

    @transaction.atomic
    def approve(self, *, by: User) -> None:
        """The person may read it and has some working days to disagree.  Raises Refused."""
        self._hold(by)
        self.state, self.approved_by, self.approved_at = State.APPROVED, by, clock.now()
        self.dispute_until = _calendar_of(self.person).working_time().add_business_days(clock.now(), DAYS_TO_DISPUTE)
        self.save(update_fields=["state", "approved_by", "approved_at", "dispute_until"])
        publish(events.StatementApproved(statement_id=self.pk, user_id=self.person_id), by=by)
        telling.approved(self)

    @transaction.atomic
    def see(self, *, by: User) -> None:
        """The person has read it."""
        if by.pk == self.person_id and Statement.objects.filter(pk=self.pk, seen_at=None).update(seen_at=clock.now()):
            publish(events.StatementSeen(statement_id=self.pk, user_id=self.person_id), by=by)

    @transaction.atomic
    def dispute_it(self, words: str, *, by: User) -> "Dispute":
        """The person does not agree, and says why.  Raises Refused."""
        self._lock()
        if by.pk != self.person_id:
            raise Refused(_("One disputes one's own statement."))
        if not words.strip():
            raise Refused(_("Say with which figure you disagree, and why."), "words")
        if not self.may_be_disputed(clock.now()):
            raise Refused(_("This statement cannot be disputed any more."))
        dispute = Dispute.objects.create(statement=self, words=words.strip())
        publish(events.StatementDisputed(statement_id=self.pk, user_id=self.person_id), by=by)
        telling.disputed(self)
        return dispute

    @transaction.atomic
    def answer(self, words: str, *, amount: Decimal | None, by: User) -> None:
        """With another amount, or with a reason why it stays.  Raises Refused."""
        self._lock()
        dispute = self.disputed
        if dispute is None or dispute.answered_at:
            raise Refused(_("There is nothing to answer any more."))
        if not may_approve(by, self.person_id, self.scheme.approver_id):
            raise Refused(_("Who approves answers, and never in one's own case."))
        if not words.strip():
            raise Refused(_("Say why: the person will read it."), "answer")
        if amount is not None and not 0 <= amount <= self.base * self.cap:
            most = {"most": (self.base * self.cap).quantize(Decimal("0.01"))}
            raise Refused(_("The scheme pays from nothing to %(most)s.") % most, "amount")
        dispute.end(words.strip(), amount, by)
        told = events.DisputeAnswered(statement_id=self.pk, user_id=self.person_id, outcome=dispute.outcome)
        publish(told, by=by)
        telling.answered(self)

    def _again(self, gate: float | None) -> Reckoned:
        terms = Terms(self.base, self.cap, self.fewest, gate)
        rows = [part.frozen for part in self.parts.select_related("frozen__plan__indicator")]
        return reckoned(terms, [(row.plan, row.value, row.n) for row in rows])

    def _hold(self, by: User) -> None:
        self._lock()
        if not may_approve(by, self.person_id, self.scheme.approver_id):
            raise Refused(_("Who approves decides on it, and never on one's own."))
        if self.state != State.DRAFT:
            raise Refused(_("This statement is approved already."))

    def _lock(self) -> None:
        Statement.objects.select_for_update().get(pk=self.pk)
        self.refresh_from_db()
        self.__dict__.pop("disputed", None)


def _calendar_of(person: User) -> BusinessCalendar:
    """Of the first line of the person, else the usual one."""
    row = person.memberships.select_related("team__calendar").order_by("team__level", "team").first()
    return row.team.calendar if row else BusinessCalendar.objects.default()
