"""Publishing news and reacting to it.

News are frozen dataclasses in the `events.py` of the room that publishes them.  A reaction is a function in the
`reactions.py` of a room above; it calls one verb of its own room and stops there.
"""

import dataclasses
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

from django.db import connection

from otklik.core.journal.models import Entry
from otklik.core.journal.rows import insert

logger = logging.getLogger(__name__)

type Reaction = Callable[[Any], object]
type Asked = Callable[[Any], bool]


@dataclasses.dataclass(frozen=True)
class News:
    """Base of all news.

    `about` names the object whose timeline the entry belongs to and `key` the field that holds its id.  News with
    `recorded = False` only carry a hand-over between rooms and leave no entry.
    """

    about: ClassVar[str] = ""
    key: ClassVar[str] = ""
    recorded: ClassVar[bool] = True

    @classmethod
    def kind(cls) -> str:
        """`tickets.TicketOpened`: the room that publishes it, whose `events` may be a file or a folder."""
        room = cls.__module__.partition(".events")[0].rpartition(".")[2]
        return f"{room}.{cls.__name__}"


_reactions: dict[type[News], list[Reaction]] = defaultdict(list)
_later: dict[type[News], list[str]] = defaultdict(list)
_named: dict[str, tuple[type[News], Reaction]] = {}
_asked: dict[str, Asked] = {}
_last: set[Reaction] = set()
_cause: ContextVar[int | None] = ContextVar("cause", default=None)


def on(
    *kinds: type[News], later: bool = False, when: Asked | None = None, last: bool = False
) -> Callable[[Reaction], Reaction]:
    """Register a reaction; `later=True` runs it in a job after the commit instead of inside the transaction.

    `when` spares the job where nobody waits for the news: it is asked on every act, so it may not ask the database.
    `last` is for one that looks how the object stands: of several news that one act tells of it, it hears the last.
    """

    def register(reaction: Reaction) -> Reaction:
        if last:
            _last.add(reaction)
        for kind in kinds:
            if later:
                name = f"{reaction.__module__}.{reaction.__name__}:{kind.__name__}"
                _named[name] = (kind, reaction)
                _later[kind].append(name)
                if when:
                    _asked[name] = when
            else:
                _reactions[kind].append(reaction)
        return reaction

    return register


def publish(news: News, *, by: Any = None) -> Entry | None:
    """Write the entry, run the reactions, defer the later ones; all in the caller's transaction.

    `by` is the acting user, None when the product acts by itself.  Raises RuntimeError outside a transaction,
    because an entry without its deed (or the reverse) must not exist.
    """
    return publish_all([(news, by)])[0]


def publish_all(told: Sequence[tuple[News, Any]]) -> list[Entry | None]:
    """What one act has done, one after the other, each with who did it; as `publish` does."""
    return [_publish(news, by, told[place + 1 :]) for place, (news, by) in enumerate(told)]


def _publish(news: News, by: Any, more: Sequence[tuple[News, Any]]) -> Entry | None:
    if not connection.in_atomic_block:
        raise RuntimeError(f"{news.kind()} must be published inside a transaction")
    kind = type(news)
    entry = _record(news, by) if news.recorded else None
    with because_of(entry):
        for reaction in _reactions[kind]:
            if not (more and reaction in _last and _hears_again(reaction, news, more)):
                reaction(news)
    if entry:
        for name in _later[kind]:
            if name not in _asked or _asked[name](news):
                _defer(name, entry)
    return entry


def _hears_again(reaction: Reaction, news: News, more: Sequence[tuple[News, Any]]) -> bool:
    return any(reaction in _reactions[type(one)] and _object(one) == _object(news) for one, _by in more)


def _object(news: News) -> tuple[str, Any]:
    return news.about, getattr(news, news.key) if news.key else None


def _record(news: News, by: Any) -> Entry:
    entry = Entry(
        kind=news.kind(),
        about=news.about,
        about_id=getattr(news, news.key) if news.key else None,
        actor_id=by.pk if by else None,
        cause_id=_cause.get(),
        data={field.name: getattr(news, field.name) for field in dataclasses.fields(news)},
    )
    insert(entry)
    return entry


def _defer(name: str, entry: Entry) -> None:
    from otklik.core.journal.tasks import react

    react.defer(name=name, entry_id=entry.pk)


def react_to(name: str, entry_id: int) -> None:
    """Run one deferred reaction; used by the job."""
    kind, reaction = _named[name]
    entry = Entry.objects.get(pk=entry_id)
    known = {field.name for field in dataclasses.fields(kind)}
    with because_of(entry):
        reaction(kind(**{key: value for key, value in entry.data.items() if key in known}))


@contextmanager
def because_of(entry: Entry | None) -> Iterator[None]:
    """What is told inside has this entry as its cause."""
    token = _cause.set(entry.pk if entry else _cause.get())
    try:
        yield
    finally:
        _cause.reset(token)


def cause() -> int | None:
    """The number of the entry because of which something happens now."""
    return _cause.get()


def doer() -> int | None:
    """Who did that because of which something happens now; None where the product did it by itself."""
    return Entry.objects.filter(pk=cause() or 0).values_list("actor", flat=True).first()
