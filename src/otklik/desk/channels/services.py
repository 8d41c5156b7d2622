"""What runs for as long as the product runs.  The supervisor finds `services()`."""

from otklik.desk.channels.leaving import Departures


def services() -> list[Departures]:
    return [Departures()]
