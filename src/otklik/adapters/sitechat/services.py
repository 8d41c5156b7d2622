"""What runs beside the pages in every web process: the ear of the windows."""

from otklik.adapters.sitechat.live import Ear, hub


def web_services() -> list[Ear]:
    return [Ear(hub)]
