"""A shift goes to a colleague: asked by one, accepted by the other, approved by a lead."""

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.team.shifts import events, telling
from otklik.team.shifts.access import may_plan, works_on
from otklik.team.shifts.models.shift import Shift

OPEN = ("asked", "accepted")


class SwapQuerySet(models.QuerySet["Swap"]):
    def open(self) -> "SwapQuerySet":
        """What can still happen: a shift that has begun is nobody's to give."""
        now = clock.now()
        ahead = Q(back=None) | Q(back__starts_at__gt=now)
        return self.filter(ahead, state__in=OPEN, shift__starts_at__gt=now)

    def with_shifts(self) -> "SwapQuerySet":
        """With all that is told of the two shifts, so that a list of many costs what one does."""
        theirs = (f"{shift}__{one}" for shift in ("shift", "back") for one in ("line__calendar", "person", "template"))
        return self.select_related(*theirs, "asker", "taker")

    def decided_by(self, user: User) -> "SwapQuerySet":
        """Accepted ones that wait for this person: of lines they lead, and not one's own."""
        if not user.leads:
            return self.none()
        others = self.open().filter(state=Swap.State.ACCEPTED).exclude(Q(asker=user) | Q(taker=user))
        return others if user.sees_everything else others.filter(shift__line__in=user.team_ids)

    def meaning(self, *shifts: Shift) -> "SwapQuerySet":
        """In which one of these would change hands."""
        return self.filter(Q(shift__in=shifts) | Q(back__in=shifts))

    def bringing(self, person: User, but: Iterable[int]) -> "SwapQuerySet":
        """Which would give this person a shift of a line that is none of these."""
        lines = list(but)
        takes = Q(taker=person) & ~Q(shift__line__in=lines)
        gets = Q(asker=person, back__isnull=False) & ~Q(back__line__in=lines)
        return self.filter(takes | gets)

    def end(self) -> None:
        """What the two agreed on is not so any more: open ones are over, and both are told.

        One of the two is held, or the person of the shift: so nobody decides them meanwhile.
        """
        held = self.filter(state__in=OPEN).order_by("pk").with_shifts().select_for_update(of=("self",))
        for swap in held:
            swap.state, swap.decided_at = Swap.State.ENDED, clock.now()
            swap.save(update_fields=["state", "decided_at"])
            telling.swap_over(swap, [swap.asker, swap.taker])


class SwapManager(models.Manager.from_queryset(SwapQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def ask(self, shift: Shift, taker: User, *, by: User, back: Shift | None = None, words: str = "") -> "Swap":
        """Would they take my shift, and may I have theirs?  Raises Refused."""
        Shift.objects.hold(by, taker)
        given = self._ahead(shift, by)
        if given is None:
            raise Refused(_now("You can give away a published shift of yours that has not begun."))
        if taker.pk == by.pk or not works_on(taker.pk, given.line_id):
            raise Refused(_now("Choose a colleague of the same line."), "taker")
        wanted = self._ahead(back, taker) if back else None
        if back and wanted is None:
            raise Refused(_now("In return you can ask for a shift of theirs that has not begun."), "back")
        if wanted and not works_on(by.pk, wanted.line_id):
            raise Refused(_now("You are not of the line of that shift."), "back")
        if self.open().meaning(given).exists():
            raise Refused(_now("A swap of this shift is asked for already."))
        self.meaning(given).end()  # what was wanted for it then has begun
        swap = self.create(shift=given, asker=by, taker=taker, back=wanted, words=words.strip())
        telling.swap_asked(swap)
        return swap

    def _ahead(self, shift: Shift, person: User) -> Shift | None:
        """As it stands now, when this person knows of it and it has not begun."""
        known = Shift.objects.published().filter(pk=shift.pk, person=person, starts_at__gt=clock.now())
        return known.select_related("line__calendar").first()


class Swap(models.Model):
    """`back` is the shift of the taker that the asker gets; None is a gift."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("of a swap", "waits for the colleague")
        ACCEPTED = "accepted", pgettext_lazy("of a swap", "waits for a lead")
        APPROVED = "approved", pgettext_lazy("of a swap", "approved")
        DECLINED = "declined", pgettext_lazy("of a swap", "declined")
        REFUSED = "refused", pgettext_lazy("of a swap", "refused by the lead")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a swap", "withdrawn")
        ENDED = "ended", pgettext_lazy("of a swap", "over: the roster has changed")

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="swaps", verbose_name=_("shift"))
    asker = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("who asks"))
    taker = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("who takes it"))
    back = models.ForeignKey(
        Shift, models.CASCADE, null=True, blank=True, related_name="swaps_back", verbose_name=_("in return")
    )
    words = models.CharField(_("why"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(null=True)

    objects: SwapManager = SwapManager()

    class Meta:
        verbose_name = _("swap of shifts")
        verbose_name_plural = _("swaps of shifts")
        constraints = [
            models.UniqueConstraint(fields=["shift"], condition=Q(state__in=OPEN), name="one_open_swap_of_a_shift"),
        ]

    def __str__(self) -> str:
        return f"{self.asker} → {self.taker} {self.shift.day}"

    @transaction.atomic
    def accept(self, *, by: User) -> None:
        """Said by who takes it."""
        self._turn(self.State.ASKED, self.State.ACCEPTED, by.pk == self.taker_id)
        telling.swap_accepted(self)

    @transaction.atomic
    def decline(self, *, by: User) -> None:
        self._turn(self.State.ASKED, self.State.DECLINED, by.pk == self.taker_id)
        telling.swap_over(self, [self.asker])

    @transaction.atomic
    def withdraw(self, *, by: User) -> None:
        """The asker thinks better of it."""
        self._turn(self._hold().state, self.State.WITHDRAWN, by.pk == self.asker_id)
        telling.swap_over(self, [self.taker])

    @transaction.atomic
    def approve(self, *, by: User) -> None:
        """The shifts change hands.

        Raises Refused where one of the two works then or has left the line, a shift has begun or is not whose it was.
        """
        self._turn(self.State.ACCEPTED, self.State.APPROVED, self._may_decide(by), by)
        given = Shift.objects.select_related("line__calendar").get(pk=self.shift_id)
        back = self.back_id and Shift.objects.select_related("line__calendar").get(pk=self.back_id)
        if given.person_id != self.asker_id or (back and back.person_id != self.taker_id):
            raise Refused(_now("The roster has changed since: this shift is somebody else's now."))
        hands = {given: self.taker} | ({back: self.asker} if back else {})
        for shift, person in hands.items():
            if not works_on(person.pk, shift.line_id):
                raise Refused(_now("%(name)s is not of this line.") % {"name": person})
        Shift.objects.change_hands(hands)
        Swap.objects.meaning(*hands).end()  # other ones of these shifts
        telling.swap_over(self, [self.asker, self.taker])
        publish(events.SwapDecided(given.line_id, self.pk, "approved"), by=by)

    @transaction.atomic
    def refuse(self, *, by: User) -> None:
        self._turn(self.State.ACCEPTED, self.State.REFUSED, self._may_decide(by), by)
        telling.swap_over(self, [self.asker, self.taker])
        publish(events.SwapDecided(self.shift.line_id, self.pk, "refused"), by=by)

    def _may_decide(self, by: User) -> bool:
        """A lead of the line who is neither of the two."""
        return may_plan(by, self.shift.line_id) and by.pk not in (self.asker_id, self.taker_id)

    def _hold(self) -> "Swap":
        """After its people, as everybody holds them.  Raises Refused when it went with its shift."""
        Shift.objects.hold(self.asker, self.taker)
        row = Swap.objects.select_for_update(of=("self",)).select_related("shift", "back").filter(pk=self.pk).first()
        if row is None:
            raise Refused(_now("The roster has changed meanwhile: look at it again."))
        return row

    def _turn(self, was: str, becomes: "Swap.State", may: bool, by: User | None = None) -> None:
        kept = self._hold()
        if not may:
            raise Refused(_now("This is not yours to decide."))
        if kept.state != was or kept.state not in OPEN:
            raise Refused(_now("Somebody has decided already."))
        if kept.shift.has_begun or (kept.back and kept.back.has_begun):
            raise Refused(_now("The shift has begun: it is too late to swap."))
        self.state, self.decided_by, self.decided_at = becomes, by, clock.now()
        self.save(update_fields=["state", "decided_by", "decided_at"])
