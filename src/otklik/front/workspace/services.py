"""What runs beside the pages in every web process: the ear of the live stream."""

from otklik.front.workspace.live.ear import Ear
from otklik.front.workspace.live.hub import hub


def web_services() -> list[Ear]:
    return [Ear(hub)]
