"""Thirty of the ugliest real mails, and how a bare page or a bare winmail.dat becomes a mail again."""

from email.message import EmailMessage
from pathlib import Path

MAILS = (
    "mailparser/mail_test_13",  # newsletter, 39 tables
    "mailparser/mail_test_8",  # newsletter
    "mailparser/mail_test_6",  # Russian advertising with pictures inside
    "mailparser/mail_test_4",  # windows-1251, half a megabyte
    "mailparser/mail_test_15",  # order with an odd attachment
    "mailparser/mail_test_17",  # phishing
    "mailparser/mail_malformed_2",
    "mimekit/text/planet-fitness.html",  # 30 tables
    "mimekit/html/papercut.html",  # Word's markup
    "mimekit/html/test.html",
    "mimekit/html/Gimhae_Kim_clan.utf-8.html",  # an article with a long table
    "mimekit/html/script-data.html",
    "mimekit/dkim/related.msg",  # pictures by cid
    "mimekit/tnef/unicode-mapi-attr-name.tnef",
    "mimekit/tnef/winmail.tnef",
    "mimekit/messages/issue358.txt",  # R: R: R: I: FR-
    "mimekit/messages/stack-overflow.txt",  # endless nesting
    "mimekit/smime/thunderbird-signed.txt",
    "sisimai/bsd/rhost-aol-01.eml",  # a bounce of 23 tables
    "sisimai/bsd/lhost-exchange2007-06.eml",
    "sisimai/bsd/lhost-exchange2007-02.eml",  # koi8-r
    "flanker/bounce/office365.eml",
    "flanker/long-header.eml",  # a subject of 200 kB
    "flanker/long-links.eml",
    "flanker/torture.eml",
    "flanker/spam/broken-headers.eml",
    "rt/nested-mime-sample",  # fourteen forwards inside one another
    "rt/russian-subject-no-content-type",  # koi8-r that nobody names
    "djmailbox/message_with_single_byte_extended_subject_encoding.eml",
    "notmuch/html/embedded-image",
    "talon/html_replies/ms_outlook_2010.html",
)
MANY = 1000


def letter_of(path: Path) -> bytes:
    """The bytes as a mail server would bring them."""
    raw = path.read_bytes()
    if path.suffix == ".tnef":
        letter = _envelope(path.name)
        letter.set_content("winmail.dat")
        letter.add_attachment(raw, "application", "ms-tnef", filename="winmail.dat")
        return bytes(letter)
    if path.suffix == ".html":
        letter = _envelope(path.name)
        letter.set_content(raw.decode("utf-8", "replace"), subtype="html")
        return bytes(letter)
    return raw


def to_a_thousand() -> bytes:
    letter = _envelope("to a thousand")
    letter["Cc"] = ", ".join(f"Получатель {number} <colleague-{number}@volga.test>" for number in range(MANY))
    letter.set_content("Всем привет!")
    return bytes(letter)


def _envelope(subject: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"] = "Павел Демидов <pavel@volga.test>", "support@desk.test"
    letter["Subject"] = subject
    return letter
