"""A connection is asked whether it lives only when the socket has something to say.

Django begins each request with `SELECT 1` on a connection that it keeps: a tenth of the statements of a page.  A
server that ends a connection, or dies, says so on the socket at once, so silence there is as good an answer.  The
price: a line that is cut without a word (a pulled cable, a firewall that forgets) is found by the first real statement,
and that page is an error, where `SELECT 1` would have failed before it and Django would have connected anew.
"""

import select
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    health_check_done: bool
    health_check_enabled: bool

    def close_if_health_check_failed(self) -> None:
        if self.connection is not None and self.health_check_enabled and not self.health_check_done:
            self.health_check_done = _is_silent(self.connection)
        super().close_if_health_check_failed()


def _is_silent(connection: Any) -> bool:
    """Whether nothing has come on the socket that nobody asked for."""
    if connection.closed:
        return False
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return not poll.poll(0)
