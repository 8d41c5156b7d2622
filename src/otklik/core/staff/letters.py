"""Letters to people of the staff; they go through Django's own mail, not through the clients' outbox."""

from collections.abc import Mapping
from smtplib import SMTPException, SMTPServerDisconnected
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, mailers
from django.template.loader import render_to_string
from django.utils import translation

from otklik.core.staff.models import Organisation, User


class Unclear(Exception):
    """The server ended the talk without an answer: the letter may have left."""


def send(template: str, person: User, **context: object) -> None:
    """`staff/letters/<template>.txt`: the first line is the subject.  In the person's language."""
    organisation = Organisation.objects.current()
    with translation.override(person.language):
        text = render_to_string(
            f"staff/letters/{template}.txt", {"person": person, "organisation": organisation, **context}
        )
    subject, _, body = text.strip().partition("\n")
    EmailMessage(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [person.email]).send()


def send_pages(
    person: User, subject: str, text: str, html: str, pictures: Mapping[str, bytes], files: Mapping[str, bytes]
) -> None:
    """A letter with pages: `pictures` are PNG that the HTML shows by `cid:` and their names, `files` PDF by name.

    Raises OSError, of which SMTPException is one, when it surely did not leave, and Unclear when nobody knows.
    """
    letter = _WithPictures(" ".join(subject.split()), text, settings.DEFAULT_FROM_EMAIL, [person.email])
    letter.attach_alternative(html, "text/html")
    letter.pictures = pictures
    for name, content in files.items():
        letter.attach(name, content, "application/pdf")
    _hand_over(letter)


def _hand_over(letter: EmailMessage) -> None:
    """Once there is a talk, only an answer says what became of the letter."""
    server = mailers.default
    server.open()
    try:
        server.send_messages([letter])
    except OSError as trouble:
        answered = isinstance(trouble, SMTPException) and not isinstance(trouble, SMTPServerDisconnected)
        if answered:
            raise
        raise Unclear(str(trouble) or type(trouble).__name__) from trouble
    finally:
        server.close()


class _WithPictures(EmailMultiAlternatives):
    """The pictures stand with the HTML that shows them, so that no program offers them as files."""

    pictures: Mapping[str, bytes] = MappingProxyType({})

    def message(self, **details: Any) -> Any:
        told = super().message(**details)
        html: Any = told.get_body(("html",))
        for name, content in self.pictures.items() if html else ():
            html.add_related(content, "image", "png", cid=f"<{name}>", disposition="inline", filename=f"{name}.png")
        return told
