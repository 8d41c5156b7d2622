"""Letters to people of the staff; they go through Django's own mail, not through the clients' outbox."""

from django.conf import settings
from django.core.mail import EmailMessage
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
