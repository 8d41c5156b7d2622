"""Facts are figures."""

from otklik.core.datamap import free
from otklik.team.metrics.models import Annotation, CardSum, Cell, Improvement, Reading, TicketFact

free(TicketFact, "channel_kind", "excluded", "ended_as", because="codes")
free(Reading, "channel", because="a code")
free(Cell, "side", "key", because="codes and numbers of rows")
free(CardSum, "fact", because="a code")
free(Annotation, "words", "kind", because="how the department works")
free(Improvement, "name", "hypothesis", "metric", "decision", "lesson", because="how the department works")
