"""Why a mail was not delivered, in one word an agent understands."""

import re

_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (word, re.compile(pattern, re.IGNORECASE))
    for word, pattern in (
        ("message_too_large", r"too (?:large|big|long)|size (?:limit )?exceed|exceed\w* (?:the )?(?:maximum|max|size|limit)"
                              r"|maximum.{0,20}size|sizelimit|SIZE=|\b552[ -]5\.3\.4|message size"),
        ("over_quota", r"quota|mailbox (?:is )?full|inbox is full|over (?:its |the )?(?:disk |storage )?limit|out of (?:disk )?space"
                       r"|insufficient (?:disk |system )?(?:space|storage)|ящик переполнен|storage (?:limit|allocation)"),
        ("spam", r"spam|\bUBE\b|bulk e?-?mail|junk|blacklist|black list|block ?list|content reject|reputation|virus|RBL|DNSBL|spamhaus"
                 r"|barracuda|policy (?:reasons|violation)|unsolicited|matches a profile"),
        ("user_disabled", r"disabled|inactive|suspend|not available|niedostepne|deactivated|account (?:is |has been )?(?:closed|locked)"
                          r"|no longer (?:active|available|in use|on server)|expired"),
        ("domain_error", r"no such domain|host (?:unknown|not found)|unknown host|domain (?:not found|does not exist|isn't in)|rcpthosts"
                         r"|name service error|no route to host|couldn't find any host|nameserver|unrouteable|bad destination (?:host|system)"
                         r"|dns|nullmx|null mx|relay(?:ing)? (?:denied|not)|unable to relay"),
        ("user_unknown", r"user|recipient|mailbox|address|account|does not exist|no such|unknown|invalid|not found|адрес|пользовател"),
    )
)  # fmt: skip
_BY_STATUS = {
    "5.1.1": "user_unknown", "5.1.2": "domain_error", "5.1.3": "user_unknown", "5.1.10": "domain_error", "5.2.1": "user_disabled",
    "5.2.2": "over_quota", "4.2.2": "over_quota", "5.2.3": "message_too_large", "5.3.4": "message_too_large", "5.4.4": "domain_error",
}  # fmt: skip


def failure_word(status: str, action: str, text: str) -> str:
    """user_unknown, user_disabled, over_quota, message_too_large, domain_error, spam, delay_warning or other."""
    if action == "delayed":
        return "delay_warning"
    if action in ("delivered", "relayed", "expanded"):
        return ""
    text = text[:2000]
    found = next((word for word, pattern in _WORDS[:-1] if pattern.search(text)), "")
    known = _BY_STATUS.get(status, "")
    if found or known:
        return found or known
    return "user_unknown" if _WORDS[-1][1].search(text) else "other"
