"""Which sites may show a window of ours, as a form asks for them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now

MOST_SITES = 20
ORIGIN = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?|http://localhost(?::[0-9]{1,5})?")


class SitesField(forms.CharField):
    """Origins, one in a line: what a browser compares, and no page or folder of a site."""

    def __init__(self, **details: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **details)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (super().to_python(value) or "").split()
        if len(lines) > MOST_SITES:
            raise ValidationError(_now("At most %(most)s sites.") % {"most": MOST_SITES})
        return list(dict.fromkeys(_origin(line) for line in lines))


def _origin(line: str) -> str:
    """Raises ValidationError for what a browser would not compare."""
    told = _plain(line.rstrip("/").lower())
    if not ORIGIN.fullmatch(told):
        words = _now("“%(line)s” is no address of a site: write it as https://shop.example, without a page.")
        raise ValidationError(words % {"line": line[:80]})
    return told


def _plain(line: str) -> str:
    """A host in other letters as a browser sends it (IDNA): пример.рф is xn--e1afmkfd.xn--p1ai."""
    scheme, sign, rest = line.partition("://")
    host, colon, port = rest.partition(":")
    try:
        return f"{scheme}{sign}{host.encode('idna').decode()}{colon}{port}"
    except UnicodeError:
        return line
