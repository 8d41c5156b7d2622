"""One request from its beginning to its end, by a job."""

import logging

from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.staff.models import Organisation
from otklik.desk.privacy import erasing, exporting
from otklik.desk.privacy.models import DataRequest

logger = logging.getLogger(__name__)


def work(request_id: int) -> None:
    """In the language of the organisation: the client reads the report.  What stands against it is said on the act."""
    asked = DataRequest.objects.select_related("contact", "decided_by").get(pk=request_id)
    if asked.state != DataRequest.State.RUNNING:
        return
    with translation.override(Organisation.objects.current().language):
        try:
            (erasing.erase if asked.is_erasure else exporting.export)(asked)
        except erasing.Stopped as stopped:
            asked.fail(str(stopped))
        except Exception:
            logger.exception("request about personal data %s broke off", asked.pk)
            asked.fail(_("It broke off; what is done is done. Start it again, and look into the log."))
