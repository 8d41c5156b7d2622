"""Letters to people of the staff; they go through Django's own mail, not through the clients' outbox."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from otklik.core.staff.models import Organisation, User


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
    """A letter with pages: `pictures` are PNG that the HTML shows by `cid:` and their names, `files` PDF by name."""
    letter = _WithPictures(" ".join(subject.split()), text, settings.DEFAULT_FROM_EMAIL, [person.email])
    letter.attach_alternative(html, "text/html")
    letter.pictures = pictures
    for name, content in files.items():
        letter.attach(name, content, "application/pdf")
    letter.send()


class _WithPictures(EmailMultiAlternatives):
    """The pictures stand with the HTML that shows them, so that no program offers them as files."""

    pictures: Mapping[str, bytes] = MappingProxyType({})

    def message(self, **details: Any) -> Any:
        told = super().message(**details)
        html: Any = told.get_body(("html",))
        for name, content in self.pictures.items() if html else ():
            html.add_related(content, "image", "png", cid=f"<{name}>", disposition="inline", filename=f"{name}.png")
        return told
