"""Of colleagues, not of clients: figures, money, and what they say about them."""

from otklik.core.datamap import free
from otklik.team.indicators.models import Close, Dispute, Frozen, Indicator, Scheme, Statement

free(Indicator, "metric", because="a code")
free(Close, "why", because="how the department works")
free(Frozen, "definition", "tickets", because="a digest, and numbers of requests")
free(Scheme, "name", because="settings of ours")
free(Statement, "cut_why", because="of a colleague, about their work")
free(Dispute, "words", "answer", because="of colleagues, about their figures")
