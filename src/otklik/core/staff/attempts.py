"""Which counters an attempt touches: from where, at whose account, with a browser we know or not."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse

from otklik.core.staff import policies
from otklik.core.staff.models import Throttle, User
from otklik.core.staff.policies import Limit, Verdict, network_of

COOKIE = "known"
COOKIE_SECONDS = 365 * 86400
_SALT = "otklik.known-browser"


@dataclass
class SignIn:
    """An attempt to sign in under a typed name."""

    request: HttpRequest
    name: str

    @property
    def buckets(self) -> Mapping[str, Limit]:
        """The typed name is the key, not the person: a stranger's counts the same and tells nothing."""
        name = self.name.strip().lower()
        if serial := known_browser(self.request, name):
            return {f"browser {serial}": policies.KNOWN_BROWSER}
        network = network_of(self.request.META.get("REMOTE_ADDR", ""))
        return {
            f"account {name} from {network}": policies.ACCOUNT_FROM_NETWORK,
            f"account {name}": policies.ACCOUNT,
            f"network {network}": policies.NETWORK,
        }

    def begin(self) -> Verdict:
        """Raises TooMany."""
        return Throttle.objects.attempt(self.buckets)

    def succeeded(self) -> None:
        shared = [key for key in self.buckets if key.startswith("network ")]
        Throttle.objects.forgive([key for key in self.buckets if key not in shared], shared)


def known_browser(request: HttpRequest, name: str) -> str:
    """The serial of a cookie we gave to this browser when it signed in under this name, or ""."""
    try:
        told = signing.loads(request.COOKIES.get(_cookie(request), ""), salt=_SALT, max_age=COOKIE_SECONDS)
    except signing.BadSignature:
        return ""
    return str(told["serial"]) if name in told["names"] else ""


def remember_browser(request: HttpRequest, response: HttpResponse, person: User) -> None:
    """Lets this browser in past the noise that strangers make at the same account."""
    serial = signing.dumps(person.pk, salt=f"{_SALT}.{request.session.session_key}").split(":")[-1][:24]
    told = {"names": [person.login, person.email.lower()], "serial": f"{person.pk}-{serial}"}
    response.set_cookie(
        _cookie(request),
        signing.dumps(told, salt=_SALT),
        max_age=COOKIE_SECONDS,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )


def _cookie(request: HttpRequest) -> str:
    return f"__Host-{COOKIE}" if request.is_secure() else COOKIE


def second_factor(person: User) -> Mapping[str, Limit]:
    return {f"second factor of {person.pk}": policies.SECOND_FACTOR}


def reset(request: HttpRequest, address: str) -> Mapping[str, Limit]:
    network = network_of(request.META.get("REMOTE_ADDR", ""))
    return {
        f"reset for {address.strip().lower()}": policies.RESET_FOR_ADDRESS,
        f"reset from {network}": policies.RESET_FROM_NETWORK,
    }


def setup(request: HttpRequest) -> Mapping[str, Limit]:
    return {f"setup from {network_of(request.META.get('REMOTE_ADDR', ''))}": policies.SETUP_CODE}
