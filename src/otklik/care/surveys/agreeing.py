"""What a client reads before they end our questions, or let us ask again: shown on the page, kept with their word."""

import hashlib

from django.utils.translation import gettext as _


def to_end() -> list[str]:
    """Heading, explanation and button."""
    return [
        _("Ask you no more?"),
        _("After an answer we ask how it was. You can end these letters; answers to your requests come as before."),
        _("Ask me no more"),
    ]


def to_go_on() -> list[str]:
    return [
        _("We will not ask you again"),
        _("Answers to your requests come as before."),
        _("I changed my mind: ask me"),
    ]


def by_mail_program() -> list[str]:
    """The client pressed a button of their mail program (RFC 8058) and read nothing of ours."""
    return [_("“Unsubscribe” of the client's mail program")]


def version_of(text: str) -> str:
    """Another text, another version: nobody has to think of it."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
