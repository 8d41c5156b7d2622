"""Letters that are signed or encrypted, by S/MIME (RFC 8551) or OpenPGP (RFC 3156, and the older way inside the text)."""

import re

from otklik.adapters.email.parse import cms
from otklik.adapters.email.parse.parsed import Protected
from otklik.adapters.email.parse.structure import Part
from otklik.adapters.email.parse.transfer import decode_body

SMIME_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature")
SMIME = ("application/pkcs7-mime", "application/x-pkcs7-mime")
LARGEST = 32 * 1024 * 1024
INSIDE_TEXT = 2 * 1024 * 1024
_LINE_END = re.compile(rb"\r?\n")
_CLEARSIGNED = re.compile(
    rb"(?:\A|\n)-----BEGIN PGP SIGNED MESSAGE-----\r?\n.{1,2000000}?\n-----END PGP SIGNATURE-----", re.DOTALL
)
_ENCRYPTED = re.compile(rb"(?:\A|\n)-----BEGIN PGP MESSAGE-----\r?\n")


def protection(root: Part) -> tuple[Protected | None, bytes]:
    """(what is known of it, the letter that lies inside of the signature, when it does)."""
    if root.end - root.start > LARGEST:
        return None, b""
    if root.media_type == "multipart/signed" and len(root.children) == 2:
        return _beside(root.children[0], root.children[1]), b""
    if root.media_type == "multipart/encrypted" and "pgp" in root.params.get("protocol", "").lower():
        return Protected("pgp", "encrypted"), b""
    if root.media_type in SMIME:
        return _opaque(root)
    if root.media_type == "multipart/mixed" and (partly := [one for one in root.children if _is_signed(one)]):
        kind = "pgp" if "pgp" in partly[0].params.get("protocol", "").lower() else "smime"
        return Protected(kind, "unchecked", "part"), b""  # a list added its footer, or somebody else their text
    return _in_text(root), b""


def _is_signed(part: Part) -> bool:
    return part.media_type == "multipart/signed"


def _beside(content: Part, signature: Part) -> Protected | None:
    """The signature is a part of its own; what it signs are the exact bytes of the other one, with CRLF."""
    signed = _LINE_END.sub(b"\r\n", content.source[content.head : content.end])
    if signature.media_type == "application/pgp-signature":
        made = decode_body(signature.body, signature.encoding)
        return Protected("pgp", "unchecked", content=signed, signature=made)
    if signature.media_type not in SMIME_SIGNATURES:
        return None
    try:
        return cms.check(decode_body(signature.body, signature.encoding), signed)
    except MemoryError:
        raise
    except Exception:  # what foreign programs write can make the reader of it stumble anywhere
        return Protected("smime", "unchecked", "unreadable")


def _opaque(root: Part) -> tuple[Protected | None, bytes]:
    try:
        der = decode_body(root.body, root.encoding)
        kind, content = cms.signed_content(der)
        if kind == "signed" and content:
            return cms.check(der, content), content
    except MemoryError:
        raise
    except Exception:
        kind = (
            "encrypted" if root.params.get("smime-type", "").lower() in ("enveloped-data", "authenveloped-data") else ""
        )
        return Protected("smime", kind or "unchecked", "" if kind else "unreadable"), b""
    return (Protected("smime", "encrypted") if kind == "encrypted" else None), b""


def _in_text(root: Part) -> Protected | None:
    for leaf in root.leaves()[:10]:
        if leaf.media_type != "text/plain" or leaf.end - leaf.start > INSIDE_TEXT:
            continue
        text = decode_body(leaf.body, leaf.encoding)
        if found := _CLEARSIGNED.search(text):
            around = text[: found.start()] + text[found.end() :]
            reason = "part" if around.strip() else ""
            return Protected("pgp", "unchecked", reason, content=found[0].lstrip(b"\r\n") + b"\n")
        if _ENCRYPTED.search(text):
            return Protected("pgp", "encrypted")
    return None
