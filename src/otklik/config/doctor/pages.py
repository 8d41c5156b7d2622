"""The pages: somebody serves them here, and they may be given work."""

import http.client
import json
from collections.abc import Iterator
from typing import Any

from otklik.config.doctor import BAD, GOOD, WARNING, Finding

SECONDS = 10
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - where to ask, not to listen


def examine() -> Iterator[Finding]:
    from django.conf import settings

    host = EVERYWHERE.get(settings.HOST, settings.HOST)
    place = f"{host}:{settings.PORT}"
    try:
        said = _ask(host, settings.PORT)
    except (OSError, http.client.HTTPException, ValueError):
        remedy = "Start `otklik up` or `otklik web`, or name its port by OTKLIK_PORT."
        yield Finding(WARNING, "pages", f"nobody serves pages at {place}", remedy)
        return
    if said["ready"]:
        yield Finding(GOOD, "pages", f"served at {place}")
    for reason in said["reasons"]:
        yield Finding(BAD, "pages", f"{place} is not ready: {reason}", "Repair it, or wait if it is just starting.")


def _ask(host: str, port: int) -> dict[str, Any]:
    talk = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        talk.request("GET", "/readyz", headers={"Host": "localhost"})
        said = json.loads(talk.getresponse().read())
    finally:
        talk.close()
    if not isinstance(said, dict) or not {"ready", "reasons"} <= said.keys():
        raise ValueError("somebody else answers there")
    return said
