"""The jobs by name, in the order in which they run."""

from collections.abc import AsyncIterator, Callable

from benchmarks.corpora import corpora
from benchmarks.desk import Desk, Figures
from benchmarks.intake import intake
from benchmarks.mailbox import mailbox
from benchmarks.pages import queue, reply, search, ticket
from benchmarks.storm import storm
from benchmarks.streams import idle, streams

JOBS: dict[str, Callable[[Desk], AsyncIterator[Figures]]] = {
    "idle": idle,
    "queue": queue,
    "ticket": ticket,
    "search": search,
    "reply": reply,
    "intake": intake,
    "streams": streams,
    "corpora": corpora,
    "storm": storm,
    "mailbox": mailbox,
}
ASKED_FOR = {"mailbox"}
"""Only when named: it takes long, and kills the product on the way."""
