from otklik.desk.privacy.models.breach import Breach, BreachNote
from otklik.desk.privacy.models.hold import Hold
from otklik.desk.privacy.models.request import Confirmed, DataRequest, Ground, Law
from otklik.desk.privacy.models.term import Term, TermRun

__all__ = ["Breach", "BreachNote", "Confirmed", "DataRequest", "Ground", "Hold", "Law", "Term", "TermRun"]
