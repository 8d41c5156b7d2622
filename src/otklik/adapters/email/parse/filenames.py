"""File names from mails, safe for a disk, a header and a log line."""

import re

from otklik.adapters.email.parse.words import single_line

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_EXTENSIONS = {
    "text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics", "text/csv": ".csv", "text/vcard": ".vcf",
    "text/rfc822-headers": ".txt", "message/rfc822": ".eml", "message/global": ".eml", "message/delivery-status": ".txt",
    "image/jpeg": ".jpg", "image/jpg": ".jpg", "image/pjpeg": ".jpg", "image/png": ".png", "image/gif": ".gif",
    "image/webp": ".webp", "image/bmp": ".bmp", "image/tiff": ".tif", "image/svg+xml": ".svg", "image/heic": ".heic",
    "application/pdf": ".pdf", "application/zip": ".zip", "application/msword": ".doc", "application/json": ".json",
    "application/ms-tnef": ".dat", "application/pgp-signature": ".asc", "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s", "application/pkcs7-mime": ".p7m", "application/x-pkcs7-mime": ".p7m",
    "audio/mpeg": ".mp3", "audio/wav": ".wav", "audio/x-wav": ".wav", "audio/ogg": ".ogg", "video/mp4": ".mp4",
}  # fmt: skip
_STEMS = {"application/ms-tnef": "winmail", "text/calendar": "invite", "application/pgp-signature": "signature",
          "application/pkcs7-signature": "smime", "application/x-pkcs7-signature": "smime",
          "application/pkcs7-mime": "smime", "application/x-pkcs7-mime": "smime"}  # fmt: skip
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)")
_LONGEST = 255  # bytes of UTF-8, what file systems take


def safe_name(original: str, media_type: str, number: int) -> str:
    """A usable name: no path, no control characters, at most 255 bytes, the extension kept; made up when absent."""
    name = single_line(original).replace("\\", "/").rsplit("/", 1)[-1]
    name = _FORBIDDEN.sub("_", name).strip(" .")
    if not name:
        return made_up(media_type, number)
    if _DEVICES.match(name):
        name = "_" + name
    return shortened(name)


def made_up(media_type: str, number: int) -> str:
    stem = _STEMS.get(media_type, "message" if media_type.startswith("message/") else f"attachment-{number}")
    return stem + _EXTENSIONS.get(media_type, ".txt" if media_type.startswith("text/") else ".bin")


def shortened(name: str) -> str:
    if len(name.encode()) <= _LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension.encode()) > 20:
        stem, dot, extension = name, "", ""
    room = _LONGEST - len((dot + extension).encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip() + dot + extension
