"""An exchange of the first line, with inner numbers of its people."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.utils import timezone

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.calls import hearing
from otklik.desk.calls.models import Call, Extension
from otklik.desk.calls.told import Kind, Told
from otklik.desk.channels.models import Channel

NUMBER = "+79001112233"
NOON = datetime(2026, 5, 14, 12, 0, tzinfo=timezone.get_fixed_timezone(180))

type Tell = Callable[..., Call]


@pytest.fixture
def exchange(line_one: Team) -> Channel:
    return Channel.objects.create(kind="phone", name="8-800", address="+78005551020", team=line_one)


@pytest.fixture
def phones(anna: User, ilya: User) -> None:
    Extension.objects.create(user=anna, number="101")
    Extension.objects.create(user=ilya, number="102")


@pytest.fixture
def tells(exchange: Channel, phones: None) -> Tell:
    """`tells("answered", 5, extension="101")`: what the exchange says five seconds after noon, heard at once."""
    keys = count()

    def tell(kind: str, second: float = 0, call: str = "c1", **told: object) -> Call:
        at = NOON + timedelta(seconds=second)
        event = Told(Kind(kind), at, f"e{next(keys)}", **told)  # type: ignore[arg-type]
        with clock.at(at):
            hearing.hear(exchange, call, event)
        return Call.objects.get(external_id=call)

    return tell
