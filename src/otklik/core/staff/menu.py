"""What stands under one's own portrait."""

from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Availability, Takes, User
from otklik.core.staff.models.attending import DOTS
from otklik.core.ui import nav

PAUSES = (Availability.READY, Availability.BREAK)
"""Between these two goes one key."""
KINDS = tuple(one for one in Takes if one != Takes.ANY)


def register() -> None:
    for order, one in enumerate(Availability):
        nav.add(_availability(one, order * 10))
    for order, kind in enumerate(KINDS, 1):
        nav.add(_ready_for(kind, order))
    nav.add(nav.Entry("absences", _("Absences"), icon="calendar", url="staff:absences", section="me", order=15))
    nav.add(nav.Entry("profile", _("My profile"), icon="user", url="staff:profile", section="me", order=10))
    nav.add(nav.Entry("hotkeys", _("My keys"), icon="keyboard", url="staff:hotkeys", section="me", order=11))
    nav.add(nav.Entry("security", _("Sign-in and security"), icon="lock", url="staff:security", section="me", order=20))
    nav.add(nav.Entry("tokens", _("Keys for programs"), icon="key", url="staff:tokens", section="me", order=30))
    nav.add(nav.Entry("sign-out", _("Sign out"), icon="x", url="account_logout", section="me", order=90, post=True))
    nav.open_door("preferences", "staff:preferences")


def _availability(one: Availability, order: int) -> nav.Entry:
    def chosen(user: User) -> bool:
        return user.availability_now == one and user.takes_now == Takes.ANY

    def answers(user: User) -> bool:
        return user.is_ready == (one == Availability.BREAK)

    return nav.Entry(
        f"be-{one.value}",
        one.label,
        icon="user",
        url="staff:availability",
        argument=one.value,
        section="presence",
        order=order,
        post=True,
        chosen=chosen,
        dot=DOTS[one],
        action="pause" if one in PAUSES else "",
        answers=answers,
    )


def _ready_for(kind: Takes, order: int) -> nav.Entry:
    """Ready, but for one kind of work; quality controllers are given none."""
    return nav.Entry(
        f"take-{kind.value}",
        kind.label,
        icon="user",
        url="staff:availability",
        argument=kind.value,
        section="presence",
        order=order,
        post=True,
        allowed=lambda user: user.answers,
        chosen=lambda user: user.is_ready and user.takes == kind,
        dot=DOTS[Availability.READY],
        part=True,
    )
