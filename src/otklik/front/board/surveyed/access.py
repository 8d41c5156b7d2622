"""Who reads what clients said, and of which lines."""

from django.http import Http404, HttpRequest

from otklik.core.staff.models import User
from otklik.front.board.access import lines_of, may_watch


def watcher(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise Http404
    return request.user


def teams_of(user: User) -> list[int] | None:
    """The lines whose answers this person sees; None for all, and for what is about no line."""
    return None if user.sees_everything else [team.pk for team in lines_of(user)]
