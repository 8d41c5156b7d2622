"""The providers that want a grant instead of a password, and what each of them asks for."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

GOOGLE, MICROSOFT = "google", "microsoft"


@dataclass(frozen=True)
class Provider:
    """Where its servers are, what we ask for, and where an administrator registers us as an application."""

    kind: str
    label: Any
    authorize_url: str
    token_url: str
    scope: str
    imap: tuple[str, int, str]
    smtp: tuple[str, int, str]
    console_url: str
    extra: dict[str, str] = field(default_factory=dict)


PROVIDERS = {
    GOOGLE: Provider(
        GOOGLE,
        _("Google"),
        "https://accounts.google.com/o/oauth2/v2/auth",
        "https://oauth2.googleapis.com/token",
        "https://mail.google.com/",
        ("imap.gmail.com", 993, "tls"),
        ("smtp.gmail.com", 465, "tls"),
        "https://console.cloud.google.com/apis/credentials",
        {"access_type": "offline", "prompt": "consent"},  # else there is no refresh token the second time
    ),
    MICROSOFT: Provider(
        MICROSOFT,
        _("Microsoft 365"),
        "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send",
        ("outlook.office365.com", 993, "tls"),
        ("smtp.office365.com", 587, "starttls"),
        "https://entra.microsoft.com/",
    ),
}
