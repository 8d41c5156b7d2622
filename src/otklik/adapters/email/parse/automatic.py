"""Did a person write this? Machines are stored, shown and never answered."""

import re

from otklik.adapters.email.parse.reports import Report
from otklik.adapters.email.parse.structure import Part
from otklik.adapters.email.parse.words import header_text

_AWAY = re.compile(
    r"(?i)\A\W*(?:(?:re|aw|sv|vs|antw)\W+)?(?:auto(?:matic|mated|matische|matisch|svar)?[- ]?(?:re(?:ply|sponse|sponder)|antwort|svar)\b"
    r"|out of (?:the )?office|away from|on (?:vacation|holiday|leave)|vacation (?:re|message|notice|auto)|auto: "
    r"|автоответ|автоматический ответ|автоматическое (?:уведомление|сообщение)|вне офиса|(?:я |сейчас )*в отпуске|нет на месте"
    r"|нахожусь в отпуске|отсутствую|автовідповідь|автоматична відповідь|у відпустці"
    r"|abwesen|automatische antwort|abwesenheitsnotiz|ich bin (?:nicht|abwesend)|nicht im büro"
    r"|absen(?:t|ce) du bureau|réponse automatique|absence|message d'absence"
    r"|risposta automatica|fuori (?:sede|ufficio)|respuesta autom[aá]tica|fuera de la? oficina|resposta autom[aá]tica"
    r"|automatisch antwoord|afwezig|autosvar|automaattinen vastaus|poissa|autoodpowied|automatyczna odpowied"
    r"|automatická odpov|mimo kancel|automatikus válasz)"
    r"|\(automatic response\)|\[auto-?reply\]|is out of (?:the )?office"
)
_CHALLENGE = re.compile(
    r"(?i)(?:my|our|the) [\w ]{0,20}guest list|one-time automated message|please (?:click|reply|follow)[^\n]{0,80}(?:verify|confirm)"
    r"|(?:sender|your) (?:verification|address (?:must|has to) be (?:verified|confirmed))|spam ?arrest"
    r"|challenge[- ]response|подтвердите,? что (?:вы|письмо)"
)
_VACATION_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponse", "x-autoreply-from", "x-mail-autoreply",
                     "x-auto-reply", "x-vacation", "auto-reply", "x-autoresponder", "x-amazon-auto-reply")  # fmt: skip
# With a Reply-To it may be a form of a web site that speaks for a person.
_NO_REPLY = re.compile(r"(?i)(?:^|[<\s])(?:no-?reply|do-?not-?reply|no_reply)(?:[.+_-][\w.+-]*)?@")
_LISTS = (
    "list-id",
    "list-post",
    "list-unsubscribe",
    "list-help",
    "x-mailing-list",
    "x-mailman-version",
    "x-loop-list",
)
_BULK = frozenset({"bulk", "list", "junk", "auto_reply"})


def classify(root: Part, subject: str, text: str, found: Report) -> tuple[str, str]:
    """(kind, reason): "" for a person, else bounce, delivery, feedback, read_receipt, challenge, auto_reply, list, system."""
    submitted = header_text(root.get("auto-submitted")).lower().split(";")[0].split("(")[0].strip()
    precedence = header_text(root.get("precedence")).lower()
    if (found.kind or submitted not in ("", "no")) and _CHALLENGE.search(text[:1500]):
        return "challenge", "text"
    if found.kind and not _only_looks_like_a_report(found.reason, submitted, subject):
        return found.kind, found.reason
    if submitted not in ("", "no"):
        kind = "auto_reply" if _answers(submitted, subject) else "system"
        return kind, f"auto-submitted: {submitted[:60]}"
    if reason := _vacation(root, subject, precedence):
        return "auto_reply", reason
    if root.get("content-type").lower().startswith(b"multipart/report"):
        return "system", "report"
    return _bulk(root, precedence)


def _answers(submitted: str, subject: str) -> bool:
    away = _AWAY.search(subject[:300])
    return submitted.startswith(("auto-replied", "auto-reply", "vacation")) or bool(away)


def _only_looks_like_a_report(reason: str, submitted: str, subject: str) -> bool:
    """A notice of absence may quote an error or have an empty sender."""
    if reason in ("subject", "null-sender"):
        return _answers(submitted, subject)
    return reason == "daemon" and bool(_AWAY.search(subject[:300]))


def _vacation(root: Part, subject: str, precedence: str) -> str:
    if name := next((name for name in _VACATION_HEADERS if root.get(name) not in (b"", b"no")), ""):
        return name
    if precedence == "auto_reply":
        return "precedence: auto_reply"
    if _AWAY.search(subject[:300]):
        return "subject"
    return ""


def _bulk(root: Part, precedence: str) -> tuple[str, str]:
    if name := next((name for name in _LISTS if root.get(name)), ""):
        return "list", name
    if precedence in _BULK:
        return ("list" if precedence != "junk" else "system"), f"precedence: {precedence}"
    if root.get("return-path").strip() == b"<>":
        return "system", "null-sender"
    suppress = header_text(root.get("x-auto-response-suppress")).lower()
    if suppress and suppress != "none" and not root.get("in-reply-to"):
        return "system", "x-auto-response-suppress"
    if _NO_REPLY.search(header_text(root.get("from"))) and not root.get("reply-to"):
        return "system", "no-reply sender"
    return "", ""
