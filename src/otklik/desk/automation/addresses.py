"""Which addresses of other programs may be called: those of webhooks and of data panels."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from otklik.core import egress
from otklik.core.egress.targets import target_of
from otklik.desk.tickets.errors import Invalid


def check_address(url: str) -> str:
    """Raises Invalid: only https leads out; http to what the server's settings allow by name."""
    text = url.strip()
    try:
        target = target_of(text)
        _origin = target.origin  # of a panel's page it stands in a header
    except egress.Refused:
        raise Invalid(
            _("Write an address that begins with https://, without a name and a password in it."), "url"
        ) from None
    host = (urlsplit(text).hostname or "").lower()
    inside = {entry.rpartition(":")[0].lower() or entry.lower() for entry in settings.EGRESS_ALLOW}
    if target.scheme != "https" and host not in inside | {entry.lower() for entry in settings.EGRESS_ALLOW}:
        raise Invalid(_("Only https:// keeps what is sent from being read on the way."), "url")
    return text
