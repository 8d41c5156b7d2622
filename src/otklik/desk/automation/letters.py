"""Letters to people of the desk about what cannot wait."""

from otklik.core.staff.letters import send as send_letter
from otklik.core.staff.models import Organisation, User
from otklik.desk.automation.events import PeopleTold


def send(news: PeopleTold) -> None:
    """To each in their own language; who has no address has the notice alone."""
    link = f"{Organisation.objects.current().address}/tickets/{news.ticket_id}/"
    for person in User.objects.filter(pk__in=news.people, is_active=True).exclude(email=""):
        send_letter("called", person, text=news.text, number=news.ticket_id, link=link)
