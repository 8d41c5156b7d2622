"""A client of the demo company has asked for their data; another one wants to be forgotten; two terms are on."""

from datetime import timedelta

from django.db.models import Count, Q

from otklik.core.journal import clock
from otklik.core.staff.models import Role, User
from otklik.desk.clients.models import Contact
from otklik.desk.privacy import working
from otklik.desk.privacy.models import Confirmed, DataRequest, Ground, Hold, Term
from otklik.desk.tickets.models.states import ENDED

TERMS = {"quarantine": 90, "imports": 30}


def load() -> None:
    head, admin = _decider(Role.HEAD), _decider(Role.ADMIN)
    known = Contact.objects.filter(merged_into=None, tickets__isnull=False)
    open_ = Count("tickets", filter=~Q(tickets__status__in=ENDED))
    forgotten, asked, disputed = known.annotate(open=open_).order_by("open", "pk")[:3]
    with clock.at(clock.now() - timedelta(days=2)):
        one = _request(
            asked, DataRequest.Kind.EXPORT, "Написал с рабочей почты, просит всё, что у нас о нём есть.", head
        )
        one.allow(DataRequest.How.RIGHT, by=head)
        working.work(one.pk)
    with clock.at(clock.now() - timedelta(hours=3)):
        _request(forgotten, DataRequest.Kind.ERASURE, "Больше не работает в компании, просит удалить переписку.", head)
        Hold(contact=disputed, why="Претензия по счёту, юристы просили сохранить переписку").put(by=head)
    for code, days in TERMS.items():
        Term(code=code, days=days, is_on=True).put(by=admin)


def _decider(role: Role) -> User:
    return User.objects.filter(role=role).order_by("pk")[0]


def _request(contact: Contact, kind: str, remark: str, by: User) -> DataRequest:
    asked = DataRequest(contact=contact, kind=kind, confirmed=Confirmed.ADDRESS, remark=remark)
    asked.asked_on = clock.today()
    asked.ground = Ground.WITHDRAWN if kind == DataRequest.Kind.ERASURE else ""
    return asked.ask(by=by)
