"""How a letter was signed or encrypted, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

NAMES = {"smime": "S/MIME", "pgp": "PGP"}


@dataclass(frozen=True)
class Seal:
    """`tone` is ok, soon, breach or nothing; what is `loud` stands above the letter, else beside its author."""

    words: str
    detail: str
    tone: str
    loud: bool = False


def seal_of(told: dict[str, str] | None) -> Seal | None:
    if not told:
        return None
    name, state, reason = NAMES[told["kind"]], told["state"], told["reason"]
    if state == "encrypted":
        return Seal(
            _("Encrypted, %(name)s") % {"name": name},
            _("We have no key for this letter. Download the original, or ask the author to send it unencrypted."),
            "soon",
            loud=True,
        )
    if state == "broken":
        words = _("Signed, %(name)s: the signature does not fit") % {"name": name}
        return Seal(
            words, _("The letter was changed on its way, or the signature is not of this letter."), "breach", True
        )
    if state == "valid":
        words = _("Signed, %(name)s") % {"name": name}
        return Seal(words, _only_part(reason) or _by_whom(told), "soon" if reason == "part" else "ok")
    words = _("Signed, %(name)s: not checked") % {"name": name}
    if state == "untrusted":
        words = _("Signed, %(name)s: nobody vouches for it") % {"name": name}
    return Seal(words, " ".join(filter(None, [_why(told), _by_whom(told)])), "")


def _only_part(reason: str) -> str:
    return _("Only a part of the letter is signed; the rest may be of somebody else.") if reason == "part" else ""


def _by_whom(told: dict[str, str]) -> str:
    if not told["signer"]:
        return ""
    if told["kind"] == "pgp":
        return _("Key of %(signer)s, %(number)s.") % {"signer": told["signer"], "number": told["issuer"]}
    return _("Certificate of %(signer)s, issued by %(issuer)s.") % {
        "signer": told["signer"],
        "issuer": told["issuer"],
    }


def _why(told: dict[str, str]) -> str:
    match told["reason"]:
        case "part":
            return _only_part("part")
        case "weak":
            return _("It was made with SHA-1, which can be forged.")
        case "other":
            return _("The certificate is for another address than the sender's.")
        case "purpose":
            return _("The certificate is not meant for mail.")
        case "issuer":
            return _("The text is whole, but we do not know who issued the certificate.")
        case "algorithm":
            return _("It was made by a method that is not checked here, as GOST is.")
        case "signer" | "unreadable":
            return _("The signature comes without a certificate that can be read.")
        case _ if told["kind"] == "pgp":
            return _("Add the author's public key on their page, and it will be.")
    return ""
