"""One signed-in connection to the folder of a mailbox."""

import imaplib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.utils.translation import gettext as _
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError
from imap_tools.utils import encode_folder

from otklik.adapters.email import tls
from otklik.adapters.email.grants import xoauth2
from otklik.adapters.email.secrets import Sealed
from otklik.adapters.email.words import Trouble, explain, readable

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox

TIMEOUT = 30
SLICE = 2.0
ERRORS = (OSError, imaplib.IMAP4.error, ImapToolsError, EOFError)
CHUNK = 200
STRETCH = 100_000

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_DATE = re.compile(rb'\bINTERNALDATE "([^"]+)"')


class Refused(imaplib.IMAP4.error):
    """The server said no to a command."""


@dataclass(frozen=True)
class Listed:
    """A message of the folder before it is read: its UID, its size in bytes, when the server got it."""

    uid: int
    size: int
    date: datetime | None


class Session:
    """A context manager; every error inside comes out as Trouble with words.

    `uidvalidity` and `uidnext` are those of the moment when the folder was opened.  `untidy` is why a message that
    was read could not be moved or deleted; the reading goes on.
    """

    uidvalidity: int
    uidnext: int

    def __init__(self, mailbox: "Mailbox") -> None:
        self.mailbox = mailbox
        self.box: BaseMailBox | None = None
        self.folder = ""
        self.untidy = ""

    def __enter__(self) -> Self:
        try:
            self.box = _connect(self.mailbox)
            _sign_in(self.box, self.mailbox)
        except (*ERRORS, Trouble, Sealed) as error:
            self._leave()
            raise self._trouble(error) from error
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._leave()
        if isinstance(error, ERRORS):
            raise self._trouble(error) from error

    @property
    def can_idle(self) -> bool:
        return "IDLE" in self._client.capabilities

    def open(self, name: str) -> None:
        """The folder that everything below is about; nothing is done when it is open already."""
        if name == self.folder:
            return
        _open_folder(self._box, name)
        self.folder = name
        self.uidvalidity, self.uidnext = self._number("UIDVALIDITY"), self._number("UIDNEXT")
        self.told_of_more()  # of what lies there: it is read anyway

    def after(self, uid: int) -> list[int]:
        """Every UID that is greater, in order, whatever the flags.

        Asked for in stretches: a line of an answer has a limit.
        """
        found = set[int]()
        start = uid + 1
        while start + STRETCH < self.uidnext:
            found |= self._search(f"{start}:{start + STRETCH - 1}")
            start += STRETCH
        found |= self._search(f"{start}:*")
        return sorted(one for one in found if one > uid)  # "9:*" also names the last message when it is 5

    def listed(self, uids: list[int]) -> Iterator[Listed]:
        for start in range(0, len(uids), CHUNK):
            yield from self._listed(uids[start : start + CHUNK])

    def read(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The raw messages by their UIDs in one answer, not marked as seen, without those that are gone.

        What is still there but did not come is refused, whatever the server called its answer.
        """
        found = self._bodies(uids, "BODY.PEEK[]")
        missing = [uid for uid in uids if uid not in found]
        if missing and (kept_back := self._search(_set(missing))):
            words = {"folder": self.folder, "number": min(kept_back)}
            raise Refused(_("The server does not give the message %(number)s of the folder %(folder)s.") % words)
        return found

    def read_headers(self, uid: int) -> bytes | None:
        return self._bodies([uid], "BODY.PEEK[HEADER]").get(uid)

    def mark_seen(self, uids: Sequence[int]) -> None:
        """Refused on read-only folders, which is no trouble: the UIDs say what was read."""
        self._client.uid("store", _set(uids), "+FLAGS.SILENT", r"(\Seen)")

    def move(self, uids: Sequence[int], folder: str) -> None:
        """To another folder, which is made when it is missing."""
        name = encode_folder(folder).decode("ascii")
        if not self._moved(uids, name):
            self._client.create(name)
            if not self._moved(uids, name):
                words = {"folder": folder, "mailbox": self.mailbox}
                self.untidy = _("What was read in %(mailbox)s cannot be moved to the folder %(folder)s.") % words

    def delete(self, uids: Sequence[int]) -> None:
        """For good where the server can delete single messages alone, else marked as deleted."""
        status, _said = self._client.uid("store", _set(uids), "+FLAGS.SILENT", r"(\Deleted)")
        if status != "OK":
            self.untidy = _("What was read in %(mailbox)s cannot be deleted there.") % {"mailbox": self.mailbox}
        elif "UIDPLUS" in self._client.capabilities:
            self._client.uid("expunge", _set(uids))

    def told_of_more(self) -> bool:
        """Whether the server told of messages since this was last asked.

        What it tells in the answer to another command it does not tell again when we wait in IDLE.
        """
        _word, counts = self._client.response("EXISTS")
        return counts != [None]

    def wait(self, seconds: float, ended: Callable[[], bool]) -> None:
        """IDLE until the server tells of something, `ended()` says so, or the time is over."""
        idle, began = self._box.idle, time.monotonic()
        idle.start()
        while not self._told_already() and not ended() and (left := began + seconds - time.monotonic()) > 0:
            asked = time.monotonic()
            if idle.poll(timeout=min(SLICE, left)):
                break
            if time.monotonic() - asked < min(SLICE, left) / 2:
                break  # readable and yet nothing to read: the server hung up
        idle.stop()

    def _told_already(self) -> bool:
        """Something lies in our buffer: it came in one packet with an earlier line; no poll of the socket sees it."""
        client: Any = self._client
        wait = client.sock.gettimeout()
        client.sock.settimeout(0)
        try:
            return bool((getattr(client, "_file", None) or client.file).peek(1))
        except OSError:
            return False
        finally:
            client.sock.settimeout(wait)

    def still_there(self) -> None:
        self._client.noop()

    @property
    def _box(self) -> BaseMailBox:
        assert self.box is not None
        return self.box

    @property
    def _client(self) -> imaplib.IMAP4:
        return self._box.client

    def _number(self, word: str) -> int:
        """Of the answer to SELECT, which can be asked for once; some servers only tell it by STATUS."""
        _word, values = self._client.response(word)
        if values and values[-1]:
            return int(values[-1])
        return int(self._box.folder.status(options=[word])[word])

    def _search(self, uids: str) -> set[int]:
        data = self._asked("search", f"UID {uids}")
        return {int(word) for line in data if line for word in line.split()}

    def _moved(self, uids: Sequence[int], name: str) -> bool:
        """By MOVE (RFC 6851), else copied and deleted."""
        if "MOVE" in self._client.capabilities:
            return self._client.uid("move", _set(uids), name)[0] == "OK"
        if self._client.uid("copy", _set(uids), name)[0] != "OK":
            return False
        self.delete(uids)
        return True

    def _listed(self, uids: list[int]) -> list[Listed]:
        data = self._asked("fetch", _set(uids), "(UID RFC822.SIZE INTERNALDATE)")
        listed = [_listed(_flat(line)) for line in data if line]
        return sorted((one for one in listed if one and one.uid in set(uids)), key=lambda one: one.uid)

    def _bodies(self, uids: Sequence[int], part: str) -> dict[int, bytes]:
        return _bodies(self._asked("fetch", _set(uids), f"(UID {part})"))

    def _asked(self, command: str, *told: str) -> list[Any]:
        """The answer.  What the server does not give now is asked for again, and not taken for gone."""
        status, data = self._client.uid(command, *told)
        if status != "OK":
            raise Refused(readable(data[0] or status))
        return data

    def _leave(self) -> None:
        if self.box is None:
            return
        try:
            self.box.client.logout()
        except ERRORS:
            self.box.client.shutdown()
        self.box = None

    def _trouble(self, error: Exception) -> Trouble:
        if isinstance(error, Sealed):
            return Trouble(
                _("The stored password cannot be read: the secret key was changed. Enter the password again.")
            )
        return Trouble(explain(error, self.mailbox.imap_host, self.mailbox.imap_port))


def _connect(mailbox: "Mailbox") -> BaseMailBox:
    address: dict[str, Any] = {"host": mailbox.imap_host, "port": mailbox.imap_port, "timeout": TIMEOUT}
    match mailbox.imap_security:
        case "tls":
            return MailBox(**address, ssl_context=tls.context())
        case "starttls":
            return MailBoxStartTls(**address, ssl_context=tls.context())
        case _:
            return MailBoxUnencrypted(**address)


def _sign_in(box: BaseMailBox, mailbox: "Mailbox") -> None:
    if mailbox.wants_grant:
        _sign_in_by_grant(box, mailbox)
    else:
        _sign_in_by_password(box, mailbox)
    _status, lines = box.client.capability()
    box.client.capabilities = tuple(str(lines[-1], "ascii", "replace").upper().split())


def _sign_in_by_grant(box: BaseMailBox, mailbox: "Mailbox") -> None:
    """A token that is refused though it should be good is renewed once: a grant that was taken back shows then."""
    token = mailbox.access_token()
    try:
        _authenticate(box, mailbox.imap_login, token)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        renewed = mailbox.access_token(refused=token)
        try:
            _authenticate(box, mailbox.imap_login, renewed)
        except imaplib.IMAP4.error as error:
            words = {"login": mailbox.imap_login, "answer": readable(str(error))}
            raise Trouble(_("The server refused the grant for %(login)s: %(answer)s") % words) from error


def _authenticate(box: BaseMailBox, login: str, token: str) -> None:
    """The second word of the server is why not; the answer to it is empty."""
    answers = iter([xoauth2.line(login, token).encode()])
    box.client.authenticate("XOAUTH2", lambda _challenge: next(answers, b""))


def _sign_in_by_password(box: BaseMailBox, mailbox: "Mailbox") -> None:
    login, password = mailbox.imap_login, mailbox.imap_password
    try:
        if (login + password).isascii():
            box.login(login, password, initial_folder=None)
        else:
            box.login_utf8(login, password, initial_folder=None)
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        if isinstance(error, imaplib.IMAP4.abort):
            raise
        said = error.command_result[1] if isinstance(error, MailboxLoginError) else error.args
        words = {"login": login, "answer": readable(said[-1] if said else "")}
        raise Trouble(_("The login %(login)s or its password was refused: %(answer)s") % words) from error


def _open_folder(box: BaseMailBox, folder: str) -> None:
    try:
        box.folder.set(folder)
    except MailboxFolderSelectError as error:
        names = ", ".join(one.name for one in box.folder.list()[:20])
        words = {"folder": folder, "folders": names}
        raise Trouble(_("There is no folder %(folder)s. The folders are: %(folders)s.") % words) from error


def _set(uids: Sequence[int]) -> str:
    return ",".join(map(str, uids))


def _bodies(data: Sequence[Any]) -> dict[int, bytes]:
    """Of the answer to FETCH: a server names the UID before the body or behind it."""
    found, body = dict[int, bytes](), None
    for line in data:
        head = line[0] if isinstance(line, tuple) else line or b""
        if isinstance(line, tuple):
            body = line[1]
        if body is not None and (uid := _UID.search(head)):
            found[int(uid[1])], body = body, None
    return found


def _flat(line: bytes | tuple[bytes, ...]) -> bytes:
    return b" ".join(line) if isinstance(line, tuple) else line


def _listed(line: bytes) -> Listed | None:
    uid, size, date = _UID.search(line), _SIZE.search(line), _DATE.search(line)
    if not uid:
        return None
    return Listed(int(uid[1]), int(size[1]) if size else 0, _moment(date[1]) if date else None)


def _moment(text: bytes) -> datetime | None:
    try:
        return datetime.strptime(text.decode().strip(), "%d-%b-%Y %H:%M:%S %z")
    except (ValueError, UnicodeDecodeError):
        return None
