"""The jobs of incidents: letters go out, and what is late is told."""

from procrastinate.contrib.django import app

from otklik.care.incidents import owing, sending
from otklik.care.incidents.models import Incident


@app.periodic(cron="* * * * * */5")
@app.task(name="incidents.send", queueing_lock="incidents.send")
def send(timestamp: int) -> None:
    sending.send_due()


@app.periodic(cron="* * * * *")
@app.task(name="incidents.overdue", queueing_lock="incidents.overdue")
def find_overdue(timestamp: int) -> None:
    Incident.objects.find_overdue()
    owing.warn_of_post_mortems()
    owing.tell_late_actions()
