"""How one speaks to a client, as "how to address" on their card says it: «Анна Петровна, на вы», «Паша, на ты»."""

import re

FORMAL, INFORMAL = "formal", "informal"
_INFORMAL = re.compile(r"(?<!\w)на\s+[«\"“„]?ты(?!\w)|(?<!\w)(?:informal|first[ -]name)(?!\w)", re.IGNORECASE)
_FORMAL = re.compile(r"(?<!\w)на\s+[«\"“„]?вы(?!\w)|(?<!\w)formal(?!\w)", re.IGNORECASE)


def tone_of(address_as: str) -> str:
    """FORMAL or INFORMAL; "" where the card says neither, or both."""
    formal, informal = bool(_FORMAL.search(address_as)), bool(_INFORMAL.search(address_as))
    if formal == informal:
        return ""
    return FORMAL if formal else INFORMAL
