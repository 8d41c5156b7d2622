"""A small IMAP server in memory that can be told to misbehave."""

import base64
import re
import socket
import threading
from bisect import bisect_left
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from operator import attrgetter

UID = attrgetter("uid")
DATE = "01-Jan-2030 00:00:00 +0000"


@dataclass
class Stored:
    uid: int
    raw: bytes
    seen: bool = False
    date: str = DATE
    size: int = 0
    deleted: bool = False


@dataclass
class FakeImap:
    """`mails` lie in the INBOX, `others` in the other folders.

    `hang_up_before` names a command at whose next occurrence the connection is cut; `refuses` one that gets a NO.
    `capabilities` may name MOVE and UIDPLUS.
    """

    password: str = "secret"
    tokens: set[str] = field(default_factory=set)
    folders: tuple[str, ...] = ("INBOX",)
    idles: bool = True
    uidvalidity: int = 1
    hang_up_before: str = ""
    refuses: str = ""
    capabilities: tuple[str, ...] = ("UIDPLUS",)
    mails: list[Stored] = field(default_factory=list)
    others: dict[str, list[Stored]] = field(default_factory=dict)
    logins: int = 0
    commands: list[str] = field(default_factory=list)
    on_fetch: Callable[[], object] = lambda: None
    on_idle: Callable[[], object] = lambda: None

    def __post_init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.lock = threading.Condition()
        self.lines: list[socket.socket] = []
        self.next_uid = 1
        threading.Thread(target=self._listen, daemon=True).start()

    def add(self, raw: bytes, folder: str = "INBOX", **told: object) -> Stored:
        with self.lock:
            mail = Stored(self.next_uid, raw, **told)  # type: ignore[arg-type]
            self.next_uid += 1
            self.box(folder).append(mail)
            self.lock.notify_all()
        return mail

    def box(self, folder: str) -> list[Stored]:
        return self.mails if folder == "INBOX" else self.others.setdefault(folder, [])

    def renumber(self) -> None:
        """The folder was rebuilt: other UIDs, another UIDVALIDITY, flags lost."""
        self.uidvalidity += 1
        for number, mail in enumerate(self.mails, 100):
            mail.uid, mail.seen = number, False
        self.next_uid = 100 + len(self.mails)

    def close(self) -> None:
        self.socket.close()
        for line in self.lines:
            line.close()

    def _listen(self) -> None:
        while True:
            try:
                line, _peer = self.socket.accept()
            except OSError:
                return
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.lines.append(line)
            threading.Thread(target=Talk(self, line).run, daemon=True).start()


class Talk:
    def __init__(self, server: FakeImap, line: socket.socket) -> None:
        self.server, self.line, self.reader = server, line, line.makefile("rb")
        self.selected = "INBOX"
        self.told = -1  # the number of messages that this client knows of; none before a folder is open

    def run(self) -> None:
        try:
            self.say("* OK fake")
            for command in self.reader:
                tag, _space, words = command.decode().strip().partition(" ")
                if not self.answer(tag, words):
                    break
        except (OSError, ValueError):
            pass
        finally:
            self.reader.close()
            self.line.close()

    def answer(self, tag: str, words: str) -> bool:
        server = self.server
        server.commands.append(words.split(" ")[0] if not words.startswith("UID") else " ".join(words.split(" ")[:2]))
        if server.hang_up_before and words.upper().startswith(server.hang_up_before):
            server.hang_up_before = ""
            self.line.shutdown(socket.SHUT_RDWR)
            return False
        verb = words.upper()
        if server.refuses and verb.startswith(server.refuses):
            self.say(f"{tag} NO not here")
            return True
        if verb.startswith("LOGIN"):
            server.logins += 1
            if f'"{server.password}"' not in words:
                self.say(f"{tag} NO [AUTHENTICATIONFAILED] wrong password")
                return True
        elif verb.startswith("AUTHENTICATE XOAUTH2"):
            return self.by_grant(tag)
        elif verb.startswith("AUTHENTICATE"):
            self.say("+ ")
            server.logins += 1
            if base64.b64decode(self.reader.readline()).decode().split("\0")[2] != server.password:
                self.say(f"{tag} NO [AUTHENTICATIONFAILED] wrong password")
                return True
        elif verb.startswith("CAPABILITY"):
            self.say(f"* CAPABILITY IMAP4rev1{' IDLE' if server.idles else ''} {' '.join(server.capabilities)}")
        elif verb.startswith(("SELECT", "EXAMINE")):
            return self.select(tag, words.split(" ", 1)[1].strip('"'))
        elif verb.startswith("LIST"):
            for folder in server.folders:
                self.say(f'* LIST () "/" "{folder}"')
        elif verb.startswith("UID SEARCH"):
            self.say("* SEARCH " + " ".join(str(mail.uid) for mail in self.chosen(words)))
        elif verb.startswith("UID FETCH"):
            self.fetch(words)
        elif verb.startswith("UID STORE"):
            for mail in self.chosen(words):
                mail.seen = mail.seen or "SEEN" in verb
                mail.deleted = mail.deleted or "DELETED" in verb
        elif verb.startswith("UID EXPUNGE"):
            self.take_out([mail for mail in self.chosen(words) if mail.deleted])
        elif verb.startswith(("UID MOVE", "UID COPY")):
            return self.move(tag, words)
        elif verb.startswith("CREATE"):
            server.folders += (words.split(" ", 1)[1].strip('"'),)
        elif verb.startswith("IDLE"):
            return self.idle(tag)
        elif verb.startswith("LOGOUT"):
            self.say("* BYE")
        self.tell()
        self.say(f"{tag} OK done")
        return not verb.startswith("LOGOUT")

    def by_grant(self, tag: str) -> bool:
        """As Google does it: the reason as a second word, and the refusal after an empty answer to it."""
        self.say("+ ")
        self.server.logins += 1
        said = base64.b64decode(self.reader.readline()).decode()
        if said in {f"user=support@desk.test\x01auth=Bearer {token}\x01\x01" for token in self.server.tokens}:
            self.say(f"{tag} OK done")
            return True
        self.say("+ " + base64.b64encode(b'{"status":"400","schemes":"Bearer"}').decode())
        assert self.reader.readline() == b"\r\n"
        self.say(f"{tag} NO [AUTHENTICATIONFAILED] Invalid credentials")
        return True

    def select(self, tag: str, folder: str) -> bool:
        if folder not in self.server.folders:
            self.say(f"{tag} NO no such folder")
            return True
        self.selected, self.told = folder, 0
        self.tell()
        self.say(f"* OK [UIDVALIDITY {self.server.uidvalidity}] ok")
        self.say(f"* OK [UIDNEXT {self.server.next_uid}] ok")
        self.say(f"{tag} OK [READ-WRITE] selected")
        return True

    def move(self, tag: str, words: str) -> bool:
        folder = words.split(" ", 3)[3].strip('"')
        if folder not in self.server.folders:
            self.say(f"{tag} NO [TRYCREATE] no such folder")
            return True
        mails = self.chosen(words)
        for mail in mails:
            self.server.add(mail.raw, folder, seen=mail.seen)
        if words.upper().startswith("UID MOVE"):
            self.take_out(mails)
        self.say(f"{tag} OK done")
        return True

    def take_out(self, mails: list[Stored]) -> None:
        for mail in mails:
            self.server.box(self.selected).remove(mail)
        self.told = len(self.server.box(self.selected))

    def chosen(self, words: str) -> list[Stored]:
        found = re.search(r"(?:UID )?(?:STORE |FETCH |MOVE |COPY |EXPUNGE |UID )([\d,:*]+)", words, re.IGNORECASE)
        assert found
        mails = self.server.box(self.selected)
        if ":" in found[1]:
            first, last = found[1].split(":")
            start = bisect_left(mails, int(first), key=UID)
            if last == "*":
                return mails[start:] or mails[-1:]
            return mails[start : bisect_left(mails, int(last) + 1, key=UID)]
        uids = [int(uid) for uid in found[1].split(",")]
        places = [bisect_left(mails, uid, key=UID) for uid in uids]
        return [
            mails[place]
            for place, uid in zip(places, uids, strict=True)
            if place < len(mails) and mails[place].uid == uid
        ]

    def fetch(self, words: str) -> None:
        if "BODY.PEEK" in words:
            self.server.on_fetch()
        for number, mail in enumerate(self.chosen(words), 1):
            if "BODY.PEEK" not in words:
                size = mail.size or len(mail.raw)
                self.say(f'* {number} FETCH (UID {mail.uid} RFC822.SIZE {size} INTERNALDATE "{mail.date}")')
                continue
            raw = mail.raw.split(b"\n\n")[0] + b"\n\n" if "HEADER" in words else mail.raw
            self.line.sendall(f"* {number} FETCH (UID {mail.uid} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")

    def idle(self, tag: str) -> bool:
        self.server.on_idle()
        self.line.sendall(f"+ idling\r\n{self.news()}".encode())
        over = threading.Event()

        def watch() -> None:
            while not over.is_set():
                with suppress(OSError):  # the client may be gone: the line that is read below says so
                    self.tell()
                with self.server.lock:
                    if self.told == len(self.server.box(self.selected)):
                        self.server.lock.wait(0.05)

        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        done = self.reader.readline()
        over.set()
        watching.join()
        self.say(f"{tag} OK idle ended")
        return done.strip().upper() == b"DONE"

    def tell(self) -> None:
        self.line.sendall(self.news().encode())

    def news(self) -> str:
        """Real servers say once how many messages there are, with the answer to any command or in IDLE."""
        count = len(self.server.box(self.selected))
        if self.told in (-1, count):
            return ""
        self.told = count
        return f"* {count} EXISTS\r\n"

    def say(self, words: str) -> None:
        self.line.sendall(words.encode() + b"\r\n")
