"""OpenPGP keys as people hand them over."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST = 200_000  # characters; keys with many signatures of others are long


def read_key(armored: str) -> tuple[str, str, str]:
    """(fingerprint, name, the key as it is kept).  Raises ValidationError."""
    if "PRIVATE KEY" in armored:
        raise ValidationError(_("This is a secret key. Its owner must not give it away; ask for the public one."))
    if not armored.strip() or len(armored) > LARGEST:
        raise ValidationError(_("This is no OpenPGP key: it begins with “-----BEGIN PGP PUBLIC KEY BLOCK-----”."))
    from pysequoia import Cert
    from pysequoia.packet import PacketPile

    try:
        cert = Cert.from_bytes(armored.strip().encode())
        fingerprint, names, kept = cert.fingerprint.upper(), cert.user_ids, str(cert)
        tags = {str(packet.tag) for packet in PacketPile.from_bytes(armored.strip().encode())}
        revoked = cert.is_revoked
    except BaseException as error:  # a panic of the library is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise ValidationError(
            _("This is no OpenPGP key: it begins with “-----BEGIN PGP PUBLIC KEY BLOCK-----”.")
        ) from error
    if any("Secret" in tag for tag in tags):
        raise ValidationError(_("This is a secret key. Its owner must not give it away; ask for the public one."))
    if revoked:
        raise ValidationError(_("The owner has revoked this key."))
    return fingerprint, str(names[0])[:300] if names else "", kept
