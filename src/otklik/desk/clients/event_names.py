"""What programs tell of a client, in words: the usual ones by name, any other one as it is read."""

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy

NAMES: dict[str, str | Promise] = {
    "signed_up": pgettext_lazy("event of a client", "Signed up"),
    "trial_started": pgettext_lazy("event of a client", "Trial began"),
    "trial_ends": pgettext_lazy("event of a client", "Trial will end"),
    "trial_ended": pgettext_lazy("event of a client", "Trial ended"),
    "balance_low": pgettext_lazy("event of a client", "Balance is low"),
    "balance_ends": pgettext_lazy("event of a client", "Balance will run out"),
    "payment_received": pgettext_lazy("event of a client", "Payment received"),
    "payment_failed": pgettext_lazy("event of a client", "Payment failed"),
    "invoice_issued": pgettext_lazy("event of a client", "Invoice issued"),
    "contract_signed": pgettext_lazy("event of a client", "Contract signed"),
    "contract_ends": pgettext_lazy("event of a client", "Contract will end"),
    "contract_ended": pgettext_lazy("event of a client", "Contract ended"),
    "contract_renewed": pgettext_lazy("event of a client", "Contract renewed"),
    "renewal": pgettext_lazy("event of a client", "Renewal"),
    "plan_changed": pgettext_lazy("event of a client", "Plan changed"),
    "branch_opened": pgettext_lazy("event of a client", "Branch opened"),
}


def called(kind: str) -> str:
    """Of `ClientEvent.kind`: *Balance is low*; one that has no name here is read as words, *Door forced*."""
    return str(NAMES.get(kind) or capfirst(kind.replace("_", " ")))
