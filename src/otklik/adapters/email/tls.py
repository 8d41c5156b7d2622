"""One way to make an encrypted connection to a mail server: certificates are always checked."""

import ssl

from django.conf import settings


def context() -> ssl.SSLContext:
    """Trusts the system's authorities and those of OTKLIK_MAIL_CA_FILE, for servers inside the house."""
    made = ssl.create_default_context()
    if settings.MAIL_CA_FILE:
        made.load_verify_locations(settings.MAIL_CA_FILE)
    return made
