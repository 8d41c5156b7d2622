"""How the department watches its figures."""

from otklik.core.datamap import free
from otklik.team.alerts.models import Alert, Ringing

free(Alert, "name", "metric", "side", "key", because="settings of ours: names of figures and numbers of rows")
free(Ringing, "definition", because="a digest")
