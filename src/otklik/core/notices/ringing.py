"""The sound of an open page: which notice rings now."""

from collections.abc import Collection
from datetime import timedelta

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.notices.deciding import REACHES, verdict
from otklik.core.notices.routes import Route
from otklik.core.notices.standing import standings
from otklik.core.staff.models import User

WITHIN = timedelta(minutes=1)
"""What is older has rung, or nobody was there to hear it."""


def rings(person: User, spared: Collection[int] = ()) -> int:
    """The newest notice that was not looked at and may be heard; 0 when none.  A page rings once for each number.

    Answers in requests that are `spared` are told of by a sound of their own, or by none.
    """
    fresh = list(Notice.objects.of(person.pk).unseen().filter(at__gt=clock.now() - WITHIN))
    fresh = [one for one in fresh if not (one.kind == NoticeKind.ANSWER and one.about_id in spared)]
    if not fresh:
        return 0
    standing = standings([person])[person.pk]
    heard = (one.pk for one in fresh if verdict(standing, one.kind, Route.SOUND, urgent=one.urgent) in REACHES)
    return next(heard, 0)


def hears(person: User, kind: NoticeKind) -> bool:
    """Whether a page may sound for something of this kind now: it was chosen, and the person is on shift."""
    return verdict(standings([person])[person.pk], kind, Route.SOUND) in REACHES
