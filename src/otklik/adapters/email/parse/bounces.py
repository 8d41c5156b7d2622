"""Delivery reports that follow no standard: recognised by several signs together, read line by line."""

import re

from otklik.adapters.email.parse.failures import failure_word
from otklik.adapters.email.parse.parsed import DeliveryStatus
from otklik.adapters.email.parse.structure import Part
from otklik.adapters.email.parse.words import header_text

_DAEMON = re.compile(
    r"(?i)(?:\b|_)(?:mailer-?daemon|mail-?daemon|post_?master|mdaemon|maildelivery|mail delivery|mailerdaemon|mailadm"
    r"|delivery sub|mail-?router|mailer|microsoftexchange|system administrator|mail administrator|mail system)"
)
_SUBJECT = re.compile(
    r"(?i)undeliver|delivery (?:status|failure|failed|report|problem|error|has failed|notification|unsuccess|delay)"
    r"|failure delivery|returned (?:e-?mail|to sender)|returning message|failure notice|failure notification|delivery has failed"
    r"|could ?n[o']t be deliver|not (?:yet )?(?:been |be )?deliver|mail (?:error|failure|delivery|could not)|delayed mail|message delay"
    r"|message[^:]{0,60}delayed|(?:message|mail) (?:status|you sent|rejected)|bounced? (?:mail|message)|failed mail|non.?delivery"
    r"|nondeliverable|unable to deliver|unzustellbar|nicht zugestellt|unzustellbarkeit|undelivered|user unknown|rejected|loop alert"
    r"|недоставлен|не доставлен|не удалось доставить|сообщение возвращено|возврат|mail nicht|non remis|échec de la remise"
    r"|no se puede|devuelto|devolvid|onbestelbaar|processing error|permanent (?:error|failure)|dead letter|заблокирован"
)
_BODY = re.compile(
    r"(?i)(?:could|can) ?not be (?:delivered|sent)|couldn't be delivered|(?:was|were|been|is|are) (?:not |un)(?:able to be )?deliver"
    r"|undeliverable|unable to deliver|not (?:yet )?been delivered|account is disabled|invalid user|duplicated message-id|did not exactly match|delivery (?:to the following|failed|failure|has failed|error|attempt)|not delivered"
    r"|permanent (?:fatal )?errors?|user (?:is )?unknown|unknown user|no such user|mailbox (?:is )?(?:full|unavailable|not found"
    r"|disabled)|does not exist|returned to (?:you|sender)|was not (?:sent|accepted|received|able)|relay(?:ing)? denied"
    r"|\b[45]\d\d[ -][45]\.\d\.\d|host unknown|over quota|failed recipient|will be retried|still being retried|undelivered"
    r"|не (?:может|могло) быть доставлено|не доставлено|не было доставлено|konnte nicht zugestellt|non (?:è stato|ha potuto)"
    r"|n'a pas pu|no (?:pudo|ha podido)|配信|error message|550|following (?:address|recipient)|did not reach"
    r"|has been rejected|temporarily|not listed in|not a valid (?:user|address|recipient|mailbox)|address(?:es)? failed|unreachable|transcript of session"
)
_LATER = re.compile(
    r"(?i)delayed|warning|still (?:being )?(?:retri|try)|not yet been delivered|will (?:be retried|continue|keep|retry|try)"
    r"|temporar|has not (?:yet )?been delivered|do not need to resend|continue to try"
)
_FOR_GOOD = re.compile(
    r"(?i)permanent|fatal|giv(?:en|ing) up|gave up|could not be delivered to|no longer valid|failed permanently|returned to sender"
    r"|user unknown|failure notice|undeliverable|delivery (?:failed|failure)|mail delivery failed"
)
# Where the report ends and the copy of the mail begins.
_COPY = re.compile(
    r"(?im)^[>\s]*(?:-{2,}[^\n]{0,20}(?:below this line|this is a copy|original message|returned message|message header"
    r"|unsent message|headers? of|your message follows|begin message|the (?:header|body|first|following is) )[^\n]*"
    r"|(?:return-path|received):[ \t]\S[^\n]*"
    r"|(?:your |the )?(?:original message|message header|original mail|bounced e-?mail|copy of (?:your )?message)(?!s? was)"
    r"(?:[^\n]{0,40}(?:follows|below|attached)[^\n]{0,20}|[ \t]*:)"
    r"|message text follows:?[^\n]*|unsent message below[^\n]*|\|[ ]?message text follows[^\n]*)$"
)
_ADDRESS = re.compile(
    r"(?<![\w.+/-])<?([A-Za-z0-9_+&$*=/.'#~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)(?:>|\b)", re.ASCII
)
_ALONE = re.compile(r"[\s\"'*>|-]*(?:(?:e-?mail|recipient|rcpt|user|address|for)\s*:\s*)?[<(\[]?(?:mailto:|smtp:|rfc822;)?\s*"
                    r"[A-Za-z0-9_+&$*=/.'#~-]+@[\w.-]+[>)\]]*\s*(?:[:;,.]|\(|-|\.\.\.|$)", re.IGNORECASE)  # fmt: skip
_FIELD = re.compile(
    r"(?im)^[ \t>]*(?:original-recipient|final-recipient|x-actual-recipient|failed recipient|recipients?|rcpt to|user|target mail address)"
    r"\s*[:;=]\s*(?:rfc822\s*;)?\s*<?([\w.+&$*=/'#~-]+@[\w.-]+)"
)
_ERROR = re.compile(r"(?i)unknown|\b[45]\d\d\b|\b[45]\.\d\.\d|fail|reject|denied|not (?:found|exist|deliver|listed)|unavailable"
                    r"|disabled|full|quota|undeliver|unable|error|exactly match|not recogni[sz]ed|no such|doesn't|couldn't|could not|refused|invalid|rcpt to"
                    r"|exceed|delay|inactive|not (?:our|a) |не ")  # fmt: skip
# "did not reach the following recipient(s):" - what stands above is the head of the lost mail.
_FROM_HERE = re.compile(
    r"(?i)did not reach the following|following (?:address|recipient|user)(?:\(?e?s\)?)?[^\n]{0,80}:"
)
_NOT_RECIPIENT = re.compile(
    r"(?i)^(?:postmaster|abuse|mailer-daemon|mail-daemon|support|helpdesk|nobody|root|hostmaster|help|webmaster)@"
)
# "The standard form of address here is ...": an example, nobody's address.
_EXPLAINED = re.compile(r"(?i)\b(?:form|format)(?:at)? of (?:an )?(?:e-?mail )?address[^@]*\bis\s*$")
_STATUS_FIELD = re.compile(r"(?im)^(?:final|original)-recipient:\s*\S")
_ADDRESS_LINE = re.compile(r"(?im)^[ \t>]*<?[^\s@]{1,64}@\S{1,255}>?")
_CODE = re.compile(r"\b([45])(\d\d)(?:[ -]|\b)")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_LONGEST = 60_000


def looks_bounced(root: Part, text: str) -> str:
    """Why this is a bounce, or ""."""
    if root.get("x-failed-recipients"):
        return "x-failed-recipients"
    from_daemon = bool(_DAEMON.search(header_text(root.get("from") + b" " + root.get("return-path"))[:300]))
    null_path = root.get("return-path").strip() == b"<>"
    subject = bool(_SUBJECT.search(header_text(root.get("subject"))[:300]))
    if not (from_daemon or null_path or subject):
        return ""  # a person's letter: its text need not be searched
    report = _report_part(text)
    body = bool(_BODY.search(report))
    if root.params.get("report-type") == "delivery-status" and (subject or body):
        return "report"
    if _STATUS_FIELD.search(report):
        return "status-in-text"
    if from_daemon and (subject or body):
        return "daemon"
    if subject and body and not root.get("references") and (null_path or _ADDRESS_LINE.search(report)):
        return "subject"
    if subject and body and root.get("x-mlserver"):
        return "list-server"
    if null_path and body and root.get("from").strip() == b"<>":
        return "from-nobody"
    return "null-sender" if null_path and body and not root.get("auto-submitted") else ""


def _report_part(text: str) -> str:
    text = text[:_LONGEST]
    copy = _COPY.search(text, min(len(text), 20))
    return text[: copy.start()] if copy else text


def home_made(root: Part, text: str, original: str) -> tuple[DeliveryStatus, ...]:
    """Recipients that failed, as far as the text tells."""
    subject = header_text(root.get("subject"))
    report = _report_part(text)
    action = _action(subject, report)
    found: dict[str, DeliveryStatus] = {}
    for address, around in _candidates(root, report, subject) or _local_names(root, report):
        code = _STATUS.search(around)
        smtp = _CODE.search(around)
        status = code[1] if code else (f"{smtp[1]}.0.0" if smtp else "")
        why = failure_word(status, action, around)
        said = " ".join(around.split())[:500]
        found.setdefault(address.lower(), DeliveryStatus(address, status, action, said, original, why))
    return tuple(found.values())[:200]


def _action(subject: str, report: str) -> str:
    if _LATER.search(subject):
        return "delayed"
    if _FOR_GOOD.search(subject) or _FOR_GOOD.search(report):
        return "failed"
    return "delayed" if _LATER.search(report) else "failed"


def _candidates(root: Part, report: str, subject: str) -> list[tuple[str, str]]:
    """(address, text around it), from the surest sign that gives any."""
    header = header_text(root.get("x-failed-recipients"))
    if found := [(match[1], report[:2000]) for match in _ADDRESS.finditer(header)]:
        return found
    here = _FROM_HERE.search(report)
    if here and _ADDRESS.search(report, here.end()):
        report = report[here.end() :]
    if found := [(match[1], report[match.start() : match.start() + 400]) for match in _FIELD.finditer(report)]:
        return found
    return _in_lines(report, _addresses_of(root)) or [(match[1], subject) for match in _ADDRESS.finditer(subject)]


def _addresses_of(root: Part) -> set[str]:
    """Sender and receiver of the report: never who it is about."""
    headers = header_text(root.get("to")) + " " + header_text(root.get("from"))
    return {match[1].lower() for match in _ADDRESS.finditer(headers)}


def _in_lines(report: str, own: set[str]) -> list[tuple[str, str]]:
    """Addresses that stand alone in their line, else those beside an error."""
    lines = report.split("\n")
    alone, beside = [], []
    for index, line in enumerate(lines):
        for match in _ADDRESS.finditer(line[:500]):
            address = re.sub(r"(?i)^(?:smtp|rfc822)[=:]", "", match[1].rstrip(".-'"))
            if _NOT_RECIPIENT.match(address) or address.lower() in own or _EXPLAINED.search(line[: match.start()]):
                continue
            around = "\n".join(lines[index : index + 4])
            if _ALONE.match(line):
                alone.append((address, around))
            elif _ERROR.search(line) or _ERROR.search(around):
                beside.append((address, around))
    return alone or beside


def _local_names(root: Part, report: str) -> list[tuple[str, str]]:
    """AOL names recipients without their domain, which is the one the report comes from."""
    announced = re.search(r"(?i)following recipients?[^\n]*:\s*\n((?:[ \t]+[\w.+-]{2,64}[ \t]*(?:\n|\Z))+)", report)
    domain = _ADDRESS.search(header_text(root.get("from")))
    if not announced or not domain:
        return []
    return [(f"{name}@{domain[1].rpartition('@')[2]}", report[:500]) for name in announced[1].split()]
