"""The one door through which the server asks other servers for something that a stranger named.

`fetch(url)`, `status(url)`, `ask(url, head)`, `post(url, form)`, `send(url, content, head)` and `reach(host, port)`
go to public addresses only, in bounds of time and size, and say nothing about us. What went wrong is never told in
detail to the one who asked: every refusal is the same `Refused`; `Unanswered` is one after which nobody knows whether
the request arrived.
"""

from otklik.core.egress.client import MOST_BYTES, SECONDS, Answer, ask, fetch, post, reach, send, status
from otklik.core.egress.errors import Refused, Unanswered

__all__ = [
    "MOST_BYTES",
    "SECONDS",
    "Answer",
    "Refused",
    "Unanswered",
    "ask",
    "fetch",
    "post",
    "reach",
    "send",
    "status",
]
