"""A button below the question was pressed in a messenger: that is the answer, and the message says so."""

from collections.abc import Sequence

from django.utils import translation

from otklik.care.surveys import letters
from otklik.care.surveys.asking import point
from otklik.care.surveys.models import Invitation
from otklik.desk.channels import outbox
from otklik.desk.channels.events import ChoicePressed
from otklik.desk.channels.models import Outbound
from otklik.desk.channels.port import Choice, Letter, Pressed
from otklik.desk.clients.models.address import kind_on
from otklik.desk.conversations.letters import html_of


def take_the_mark(news: ChoicePressed) -> None:
    """The last press counts as long as the question is open; a button of somebody else's question is a closed one."""
    pressed, channel = news.pressed, news.inbound.channel
    if not pressed.data.startswith(letters.PRESSED):
        return
    secret, _colon, said = pressed.data.removeprefix(letters.PRESSED).partition(":")
    invitation = Invitation.objects.of_secret(secret)
    if invitation is None or not _is_theirs(invitation, kind_on(channel.kind), pressed.sender):
        with translation.override(channel.shown_as.shown_language):
            answer = _letter(pressed, letters.closed())
    else:
        with translation.override(invitation.language):
            answer = _filled(invitation, pressed, secret, said)
    outbox.post(answer, channel, Outbound.Kind.PRESS)
    news.inbound.done("pressed")


def _filled(invitation: Invitation, pressed: Pressed, secret: str, said: str) -> Letter:
    first = invitation.version.first if invitation.version else None
    value = point(first, said) if first else None
    if first is None or value is None:
        return _letter(pressed, letters.closed())
    if invitation.marks().get(first.pk) != value:
        invitation.fill({first.pk: value})
    choices = letters.choices_of(first, secret, chosen=value)
    return _letter(pressed, letters.thanks(first, value, secret, before=invitation.asks_of_before), choices)


def _letter(pressed: Pressed, text: str, choices: Sequence[Choice] = ()) -> Letter:
    return Letter(
        to=[pressed.sender],
        subject="",
        text=text,
        html=html_of(text),
        automatic=True,
        choices=choices,
        instead_of=pressed.origin,
    )


def _is_theirs(invitation: Invitation, kind: str, sender: str) -> bool:
    contact = invitation.contact
    return contact is not None and contact.identities.filter(kind=kind, value=sender).exists()
