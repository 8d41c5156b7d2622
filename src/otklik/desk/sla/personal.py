"""What was promised to whom is a contract and stays; remarks about it go."""

from django.utils.translation import gettext_lazy as _

from otklik.core.datamap import Place, declare, free
from otklik.desk.sla.models import Agreement, Recount, ServiceClass, Version

declare(
    Place(
        Agreement, {"contact": "contact"}, words=("note",), why=_("what was promised, and for which time: a contract")
    ),
    Place(Recount, {"ticket": "of__ticket"}, words=("why",)),
)
free(ServiceClass, "name", "promise", "exclusions", "compensation", because="texts of ours")
free(Version, "found", "accepted", "override", because="figures, and why we accepted them")
