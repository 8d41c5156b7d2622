"""Messages of Amazon SNS: signed by Amazon, and sent by the one topic that the administrator named."""

import base64
import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256

from otklik.core import egress

# A region in the middle: sns.s3-eu-west-1… would be a folder of files, which anybody may have.
_AMAZON = re.compile(r"sns\.[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}\.amazonaws\.com(?:\.cn)?\Z")
_SIGNED = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
}


def is_genuine(told: dict[str, Any], topic: str) -> bool:
    """Anybody may have Amazon sign for a topic of their own, so the topic counts as much as the signature.

    Raises egress.Refused when nobody can say now: Amazon's certificate is not to be had.
    """
    message = {name: value for name, value in told.items() if isinstance(value, str)}
    names = _SIGNED.get(message.get("Type", ""))
    if not names or not topic or message.get("TopicArn") != topic:
        return False
    text = "".join(f"{name}\n{message[name]}\n" for name in names if name in message)
    try:
        signature = base64.b64decode(message["Signature"], validate=True)
        algorithm = {"1": SHA1, "2": SHA256}[message["SignatureVersion"]]()
        _key(message["SigningCertURL"]).verify(signature, text.encode(), PKCS1v15(), algorithm)
    except (KeyError, ValueError, InvalidSignature):
        return False
    return True


def confirm(url: str) -> None:
    """The topic asks whether we want its messages.  Raises egress.Refused."""
    if not is_amazons(url):
        raise egress.Refused("not an address of Amazon")
    _fetched(url)


def is_amazons(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(_AMAZON.match(parts.netloc))


@lru_cache(maxsize=16)
def _key(url: str) -> RSAPublicKey:
    if not is_amazons(url):
        raise ValueError("the certificate is not Amazon's")
    key = x509.load_pem_x509_certificate(certificate(url)).public_key()
    if not isinstance(key, RSAPublicKey):
        raise ValueError("not an RSA key")
    return key


def certificate(url: str) -> bytes:
    return _fetched(url)


def _fetched(url: str) -> bytes:
    answer = egress.fetch(url, most=64 * 1024)
    if answer.status != 200:
        raise egress.Refused(f"Amazon answers {answer.status}")
    return answer.content
