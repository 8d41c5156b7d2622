"""What runs for as long as the product runs.  The supervisor finds `services()`."""

from otklik.adapters.telegram.polling import pollers
from otklik.desk.channels.threads import InThreads


def services() -> list[InThreads]:
    return [InThreads("telegram", pollers)]
