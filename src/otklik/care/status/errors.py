"""Why something on the status page was refused: the same as of a request, so that forms know them."""

from otklik.desk.tickets.errors import Conflict as Conflict
from otklik.desk.tickets.errors import Invalid as Invalid
from otklik.desk.tickets.errors import Refused as Refused
