"""The mailboxes of the demo company: nothing leaves, the viewer shows what clients would receive."""

from otklik.adapters.email.models import Delivery, Mailbox
from otklik.core.staff.models import Brand, Team
from otklik.desk.channels.models import Channel

MAILBOXES = (
    ("Поддержка", "support@sever-most.example", 1, ""),
    ("Счета и договоры", "billing@sever-most.example", 2, "Мост Бизнес"),
)


def load() -> None:
    for name, address, level, brand in MAILBOXES:
        channel = Channel.objects.create(
            kind="email",
            name=name,
            address=address,
            team=Team.objects.get(level=level),
            brand=Brand.objects.filter(name=brand).exclude(name="").first(),
        )
        Mailbox.objects.create(channel=channel, delivery=Delivery.VIEWER)
