"""What colleagues are told of a ticket."""

from collections.abc import Callable, Iterable

from django.utils import translation

from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.staff.models import User


def tell(
    people: Iterable[User],
    say: Callable[[], str],
    *,
    kind: NoticeKind,
    about: str = "ticket",
    about_id: int,
    urgent: bool = False,
) -> None:
    """Each in their own language, in which `say` is asked; a letter of the client comes in by a job that has none."""
    for person in people:
        with translation.override(person.language):
            Notice.objects.tell([person.pk], say(), kind=kind, about=about, about_id=about_id, urgent=urgent)
