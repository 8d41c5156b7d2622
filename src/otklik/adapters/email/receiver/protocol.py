"""The talk with a sending server: aiosmtpd's, with our own reading of the body.

Its loop refuses lines of more than a thousand bytes, which real mail has, and costs a Python step per line.  Ours
ends at CR LF . CR LF alone, as it must: nothing smuggled behind a bare LF counts as an end.
"""

import asyncio
import re
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, syntax

END = b"\r\n.\r\n"
GREEDY = 1 << 30
_STUFFED = re.compile(rb"\r\n\.")
_SIZE = re.compile(r"(?i) SIZE=(\d{1,20})\b")


class Body:
    """What comes between DATA and the final dot, kept up to `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.too_large = False
        self.rest = b""
        self._kept = bytearray(b"\r\n")  # so that a dot on the very first line is an end too

    def feed(self, piece: bytes) -> bool:
        """True when the end was in it; what follows the end is in `rest`."""
        start = max(0, len(self._kept) - len(END))
        self._kept += piece
        end = self._kept.find(END, start)
        if end >= 0:
            self.rest = bytes(self._kept[end + len(END) :])
            del self._kept[end:]
        self.too_large = self.too_large or len(self._kept) > self.limit + 2
        if self.too_large:
            del self._kept[: -len(END)]
        return end >= 0

    def message(self) -> bytes:
        """The mail as it was before the dots were doubled."""
        text = _STUFFED.sub(b"\r\n", self._kept)[2:]
        return text + b"\r\n" if text else text


class Reading:
    """Trait of both protocols."""

    line_length_limit = 64 * 1024
    command_size_limit = 4096
    _smtp_methods: dict[str, Any]

    @syntax("MAIL FROM: <address>", extended=" [SP <mail-parameters>]")
    async def smtp_MAIL(self: Any, arg: str | None) -> None:
        """A mail that says it is too large is refused before it is sent, in our words: they name the limit."""
        said = _SIZE.search(arg or "")
        if said and int(said[1]) > self.data_size_limit:
            await self.push(self.event_handler.too_large())
        else:
            await super().smtp_MAIL(arg)  # type: ignore[misc]

    @syntax("DATA")
    async def smtp_DATA(self: Any, arg: str | None) -> None:
        if await self.check_helo_needed():
            return
        if not self.envelope.rcpt_tos:
            await self.push("503 5.5.1 Error: need RCPT command")
        elif arg:
            await self.push("501 5.5.4 Syntax: DATA")
        else:
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            status = await self._taken(await self._body())
            self._set_post_data_state()
            await self.push(status)

    async def _body(self: Any) -> Body:
        """Everything up to the final dot; what came behind it goes back to be read as commands."""
        body = Body(self.data_size_limit)
        while not body.feed(await self._piece()):
            self._reset_timeout()
        if body.rest:
            self._reader.feed_data(body.rest)
        return body

    async def _taken(self: Any, body: Body) -> str:
        if body.too_large:
            return str(self.event_handler.for_each(self, self.event_handler.too_large()))
        self.envelope.content = self.envelope.original_content = body.message()
        return str(await self._call_handler_hook("DATA"))

    async def _piece(self: Any) -> bytes:
        """All that has come; the buffer is empty afterwards, so what is too much can be put back."""
        piece = await self._reader.read(GREEDY)
        if not piece:
            raise asyncio.CancelledError
        return bytes(piece)


class OurSMTP(Reading, SMTP):
    """For servers and people that speak SMTP to us."""


class OurLMTP(Reading, LMTP):
    """For a mail server in front of us: an answer for each recipient."""

    answers_each = True
