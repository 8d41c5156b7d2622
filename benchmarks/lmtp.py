"""Handing mails over by LMTP, as a mail server in front of the desk would: connections stay open."""

import asyncio


class Door:
    """One place that takes mail, and the connections to it."""

    def __init__(self, host: str, port: int, to: str) -> None:
        self.host, self.port, self.to = host, port, to
        self.idle: list[Talk] = []

    async def hand_over(self, mail: bytes) -> str:
        """ "" when the mail was accepted."""
        talk = self.idle.pop() if self.idle else await Talk.begin(self.host, self.port)
        answer = await talk.deliver(mail, self.to)
        self.idle.append(talk)
        return "" if answer.startswith("250") else answer

    async def close(self) -> None:
        for talk in self.idle:
            talk.writer.close()


class Talk:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def begin(cls, host: str, port: int) -> "Talk":
        talk = cls(*await asyncio.open_connection(host, port))
        await talk.answer()
        await talk.say(b"LHLO bench.example.test")
        return talk

    async def deliver(self, mail: bytes, to: str) -> str:
        await self.say(b"MAIL FROM:<client@example.test>")
        await self.say(f"RCPT TO:<{to}>".encode())
        await self.say(b"DATA")
        return await self.say(on_the_wire(mail))

    async def say(self, words: bytes) -> str:
        self.writer.write(words + b"\r\n")
        return await self.answer()

    async def answer(self) -> str:
        """The last line of an answer."""
        while (line := await self.reader.readline())[3:4] == b"-":
            pass
        return line.decode("ascii", "replace").strip()


def on_the_wire(mail: bytes) -> bytes:
    """With the dot that ends it and those that protect lines which begin with one; `say` adds the last line end."""
    lines = mail.removesuffix(b"\r\n").replace(b"\r\n.", b"\r\n..")
    return (b"." if lines.startswith(b".") else b"") + lines + b"\r\n."
