"""A mail server that misbehaves on command, on a raw socket."""

import base64
import re
import socket
import threading
from dataclasses import dataclass, field
from typing import Any

DROP, STALL = "drop", "stall"


@dataclass
class Rude:
    """Answers politely unless `manners` says otherwise for a phase of the talk.

    Phases: GREETING, EHLO, STARTTLS, AUTH, MAIL, RCPT (or "RCPT a@b"), DATA, BODY (after the first line), END.
    A manner is an answer, DROP (hang up) or STALL (say nothing).  A list of manners is used up talk by talk.
    `taken` holds what was stored: (sender, recipients, bytes); END with DROP stores first and hangs up then.
    """

    manners: dict[str, Any] = field(default_factory=dict)
    extensions: tuple[str, ...] = ("SIZE 10000000", "8BITMIME")
    tokens: set[str] | None = None
    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    talks: int = 0

    def __post_init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.over = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        self.over.set()
        self.socket.close()

    def _listen(self) -> None:
        while True:
            try:
                line, _peer = self.socket.accept()
            except OSError:
                return
            self.talks += 1
            mood = {phase: self._today(manner) for phase, manner in self.manners.items()}
            threading.Thread(target=Talk(self, line, mood).run, daemon=True).start()

    def _today(self, manner: Any) -> str | None:
        if isinstance(manner, list):
            return manner.pop(0) if manner else None
        return str(manner)


class HungUp(Exception):
    pass


class Talk:
    def __init__(self, server: Rude, line: socket.socket, mood: dict[str, str | None]) -> None:
        self.server, self.line, self.mood = server, line, mood
        self.reader = line.makefile("rb")
        self.sender, self.recipients = "", list[str]()

    def run(self) -> None:
        try:
            self.say("GREETING", "220 rude.test")
            for command in self.reader:
                self.answer(command.decode("utf-8", "replace").strip())
        except (OSError, HungUp):
            pass
        finally:
            self.reader.close()
            self.line.close()

    def answer(self, command: str) -> None:
        verb = command.split(" ")[0].upper()
        match verb:
            case "EHLO":
                lines = ["rude.test", *self.server.extensions]
                polite = "\r\n".join(f"250{'-' if one != lines[-1] else ' '}{one}" for one in lines)
                self.say("EHLO", polite)
            case "MAIL":
                self.sender, self.recipients = _address(command), []
                self.say("MAIL", "250 ok")
            case "RCPT":
                address = _address(command)
                code = self.say(f"RCPT {address}" if f"RCPT {address}" in self.mood else "RCPT", "250 ok")
                self.recipients += [address] if code.startswith("2") else []
            case "DATA":
                if self.say("DATA", "354 go on").startswith("354"):
                    self.take()
            case "AUTH" if command.startswith("AUTH XOAUTH2") and self.server.tokens is not None:
                self.by_grant(command.removeprefix("AUTH XOAUTH2 "))
            case "QUIT":
                self.send("221 bye")
                raise HungUp
            case _:
                self.say(verb, "235 ok" if verb == "AUTH" else "250 ok")

    def by_grant(self, line: str) -> None:
        said = base64.b64decode(line).decode()
        good = {f"user=support@desk.test\x01auth=Bearer {token}\x01\x01" for token in self.server.tokens or ()}
        if said in good:
            self.send("235 2.7.0 Accepted")
            return
        self.send("334 " + base64.b64encode(b'{"status":"400"}').decode())
        assert self.reader.readline() == b"\r\n"
        self.send("535 5.7.8 Username and Password not accepted")

    def take(self) -> None:
        lines = list[bytes]()
        while (line := self.reader.readline()) != b".\r\n":
            if not line:
                raise HungUp
            lines.append(line[1:] if line.startswith(b"..") else line)
            if self.mood.get("BODY"):
                self.say("BODY", "")
        manner = self.mood.get("END") or "250 stored"
        if manner.startswith(("2", DROP, STALL)):
            self.server.taken.append((self.sender, self.recipients, b"".join(lines)))
        self.say("END", "250 stored")

    def say(self, phase: str, polite: str) -> str:
        manner = self.mood.get(phase) or polite
        if manner == DROP:
            self.line.shutdown(socket.SHUT_RDWR)
            raise HungUp
        if manner == STALL:
            self.server.over.wait()
            raise HungUp
        self.send(manner)
        return manner

    def send(self, words: str) -> None:
        self.line.sendall(words.encode() + b"\r\n")


def _address(command: str) -> str:
    found = re.search("<(.*?)>", command)
    return found[1] if found else ""
