"""The fields of a posted form as bytes: a letter is no text, and whatever decodes it on the way spoils it."""

from email.parser import BytesParser
from email.policy import compat32
from urllib.parse import parse_qsl


def fields_of(content_type: str, body: bytes) -> dict[str, bytes]:
    """The last value of each field; files are left out."""
    if content_type.startswith("application/x-www-form-urlencoded"):
        pairs = parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, encoding="latin-1")
        return {name: value.encode("latin-1") for name, value in pairs}
    if not content_type.startswith("multipart/form-data"):
        return {}
    head = f"Content-Type: {content_type}\r\n\r\n".encode("ascii", "replace")
    found: dict[str, bytes] = {}
    for part in BytesParser(policy=compat32).parsebytes(head + body).walk():
        name = part.get_param("name", header="Content-Disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes) and part.get_filename() is None:
            found[name] = content
    return found
