"""Robots read as well and are answered; what they open and look for is no figure of readers."""

import re

from django.http import HttpRequest

ROBOT = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|scan|preview|fetch|monitor|headless|curl|wget|python|java/|go-http|okhttp|libwww"
)
"""Words by which programs name themselves; Cubot is a telephone."""


def is_robot(request: HttpRequest) -> bool:
    """By its own name, or because it has none; who pretends to be a browser is known by running no script."""
    name = request.headers.get("User-Agent", "").lower()
    return not name or ROBOT.search(name) is not None
