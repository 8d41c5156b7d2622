"""When two cards become one, what was asked and what is held go along."""

from otklik.core.journal.news import on
from otklik.desk.clients.events import ContactMerged, ContactsParted
from otklik.desk.clients.models import Merging
from otklik.desk.privacy.models import DataRequest, Hold


@on(ContactMerged)
def data_requests_go_along(news: ContactMerged) -> None:
    merging = Merging.objects.get(pk=news.merging_id)
    merging.carry(Hold)
    merging.carry(DataRequest)


@on(ContactsParted)
def data_requests_go_back(news: ContactsParted) -> None:
    merging = Merging.objects.get(pk=news.merging_id)
    merging.give_back(Hold)
    merging.give_back(DataRequest)
