"""Our rules inside allauth's second factor: sealed secrets, names, slower guessing."""

import io
from typing import Any, ClassVar

import qrcode
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathFillImage

from otklik.core.staff import attempts, seal
from otklik.core.staff.adapter import resting
from otklik.core.staff.errors import TooMany
from otklik.core.staff.models import Organisation, Throttle, User
from otklik.core.staff.models.throttle import hidden

# A code fits for three periods of 30 seconds; once used it is dead for longer than that.
USED_SECONDS = 150


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seeds and codes lie sealed in the database: the key to them is not there."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("The code does not fit. Codes change every 30 seconds."),
    }

    def encrypt(self, text: str) -> str:
        return seal.close(text)

    def decrypt(self, encrypted_text: str) -> str:
        return seal.open_(encrypted_text)

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_site_name(self) -> str:
        return Organisation.objects.current().name or _("Otklik")

    def build_totp_svg(self, url: str) -> str:
        """With its own white ground: a camera cannot read it off a dark page."""
        picture = io.BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage, border=3).save(picture)
        return picture.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Key %(number)s") % {"number": number}


class _Slowed:
    """Counts a code before it is tried, so that parallel guesses stay inside the limit; no code works twice."""

    user: User

    def clean_code(self) -> str:
        buckets = attempts.second_factor(self.user)
        try:
            Throttle.objects.attempt(buckets)
        except TooMany as refusal:
            raise resting(refusal) from refusal
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"code-used-{self.user.pk}-{hidden(normalize_user_code(code))}", 1, USED_SECONDS):
            raise SecondFactorAdapter().validation_error("incorrect_code")
        Throttle.objects.forgive(buckets)
        return code


class CodeForm(_Slowed, AuthenticateForm):
    """The second step of signing in."""

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        plain(self)


class CodeAgainForm(_Slowed, ReauthenticateForm):
    """A code before a change of security."""

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        plain(self)


def plain(form: Any) -> None:
    """A label above the field instead of a word inside it."""
    form.fields["code"].label = _("Code from the app, or a recovery code")
    form.fields["code"].max_length = 32
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True, "maxlength": 32}
    form.fields["code"].widget.attrs.pop("placeholder", None)


def passkeys_possible(request: HttpRequest) -> bool:
    """Browsers give keys to names only, never to a bare number, and only over https or to this very machine."""
    host = request.get_host().rsplit(":", 1)[0] if not request.get_host().startswith("[") else "::1"
    if host == "localhost" or host.endswith(".localhost"):
        return True
    return request.is_secure() and not host.replace(".", "").isdigit() and ":" not in host
