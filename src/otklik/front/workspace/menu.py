"""Figures of the menu: cheap, and remembered for some seconds, since every page shows them."""

from time import monotonic

from django.http import HttpRequest

from otklik.core.journal import clock
from otklik.core.journal.notice import on_seen
from otklik.core.recent import Recent
from otklik.core.staff.models import User
from otklik.core.ui.nav import Count
from otklik.desk.calls.models import Call
from otklik.desk.channels.models import Channel, Inbound
from otklik.desk.channels.models.channel import VOICE
from otklik.front.workspace.queries import counts
from otklik.front.workspace.queries import tasks as of_person
from otklik.front.workspace.queries.standing import VIEWS, Reader

SECONDS = 10.0
_telephone: Recent[bool] = Recent(SECONDS)
_training: dict[int, str] = {}
"""Who knows of somebody in training, with the name of their own curator where that is themselves."""
_remembered: dict[tuple[str, int], tuple[float, Count | None]] = {}


def waiting(request: HttpRequest) -> Count | None:
    """Requests of one's own queue in which the move is ours; red when one is late."""
    user = request.user
    if not isinstance(user, User) or not user.answers:
        return None
    return _fresh("waiting", user.pk) or _remember("waiting", user.pk, _waiting(user))


def tasks(request: HttpRequest) -> Count | None:
    """What one has to do in requests, and what is late in one's own; red when something is."""
    user = request.user
    if not isinstance(user, User) or not user.answers:
        return None
    return _own("tasks", user)


def has_telephone() -> bool:
    """Some line of the desk is called."""
    return _telephone.get(lambda: Channel.objects.filter(kind=VOICE).exists())


def calls(request: HttpRequest) -> Count | None:
    """One's own calls without a result: nothing hangs."""
    user = request.user
    if not isinstance(user, User) or not user.answers:
        return None
    return _fresh("calls", user.pk) or _remember("calls", user.pk, _calls(user))


def notices(request: HttpRequest) -> Count | None:
    """What the desk has told one and one has not looked at; red when something is urgent."""
    user = request.user
    if not isinstance(user, User):
        return None
    return _own("notices", user)


def incidents(request: HttpRequest) -> Count | None:
    """Those that go on; red when clients of one were to hear from us, or it was to be closed."""
    user = request.user
    if not isinstance(user, User):
        return None
    return _own("incidents", user)


def quarantined(request: HttpRequest) -> Count | None:
    """Messages that nobody could read."""
    return _fresh("quarantined", 0) or _remember("quarantined", 0, _quarantined())


def complaints(request: HttpRequest) -> Count | None:
    """Complaints that wait for one; red when one is late."""
    user = request.user
    if not isinstance(user, User):
        return None
    return _own("complaints", user)


def articles(request: HttpRequest) -> Count | None:
    """One's own articles to read anew, and words that one is wrong; red when such a word is late."""
    user = request.user
    if not isinstance(user, User):
        return None
    return _own("articles", user)


def reviews(request: HttpRequest) -> Count | None:
    """Reviews and steps of coaching that wait for one; red when one is late."""
    user = request.user
    if not isinstance(user, User):
        return None
    return _own("reviews", user)


def releases(request: HttpRequest) -> Count | None:
    """Answers of trainees that wait for one; red when one is late."""
    user = request.user
    if not isinstance(user, User):
        return None
    return _own("releases", user)


def knows_training(user: User) -> bool:
    """Somebody is in training: oneself, one's trainee, one of one's people."""
    _own("releases", user)
    return user.pk in _training


def curator_of(user: User) -> str:
    """By name, to say it beside what they write; "" for who is in no training.  What is sent is decided elsewhere."""
    _own("releases", user)
    return _training.get(user.pk, "")


def forget() -> None:
    _remembered.clear()
    _training.clear()
    _telephone.forget()


def forget_own(user: User) -> None:
    """The next figures of this person are counted anew."""
    for name in ("waiting", "tasks", "calls", "notices", "incidents", "complaints", "articles", "reviews", "releases"):
        _remembered.pop((name, user.pk), None)


@on_seen
def forget_notices(person_id: int) -> None:
    """Who has looked at notices, by whatever door, is counted anew."""
    _remembered.pop(("notices", person_id), None)


def _waiting(user: User) -> Count | None:
    figures = counts.of_segments(VIEWS["mine"], Reader.of(user), clock.now())
    state = "breach" if figures["late"] else ""
    return Count(figures["ours"], state) if figures["ours"] else None


def _calls(user: User) -> Count | None:
    owed = len(Call.objects.owed().of(user).values_list("pk")[: counts.CAP])
    return Count(owed, "soon") if owed else None


def _own(name: str, user: User) -> Count | None:
    """Tasks, notices, incidents, complaints, articles, reviews and releases are asked for together."""
    if monotonic() >= _remembered.get((name, user.pk), (0.0, None))[0]:
        found = of_person.count(user, clock.now())
        _remember("tasks", user.pk, _figure(found.todo, found.late))
        _remember("notices", user.pk, _figure(found.notices, found.urgent))
        _remember("incidents", user.pk, _figure(found.incidents or found.overdue, found.overdue))
        _remember("complaints", user.pk, _figure(found.complaints, found.late_complaints))
        _remember("articles", user.pk, _figure(found.articles, found.late_articles))
        _remember("reviews", user.pk, _figure(found.reviews, found.late_reviews))
        _remember("releases", user.pk, _figure(found.releases, found.late_releases))
        _training.pop(user.pk, None)
        if found.training or found.releases:
            _training[user.pk] = found.curator or ""
    return _remembered[name, user.pk][1]


def _figure(count: int, alarming: int) -> Count | None:
    return Count(count, "breach" if alarming else "") if count else None


def _quarantined() -> Count | None:
    count = len(Inbound.objects.quarantined().values_list("pk")[: counts.CAP])
    return Count(count, "soon") if count else None


def _fresh(name: str, person: int) -> Count | None:
    until, count = _remembered.get((name, person), (0.0, None))
    return count if monotonic() < until else None


def _remember(name: str, person: int, count: Count | None) -> Count | None:
    _remembered[name, person] = (monotonic() + SECONDS, count)
    return count
