"""The jobs of the status page: the checks look, letters go out, works that go on too long are told."""

from procrastinate.contrib.django import app

from otklik.care.status import checking, mailing, speaking


@app.periodic(cron="* * * * *")
@app.task(name="status.look", queueing_lock="status.look")
def look(timestamp: int) -> None:
    checking.look()


@app.periodic(cron="* * * * * */20")
@app.task(name="status.mail", queueing_lock="status.mail")
def mail(timestamp: int) -> None:
    mailing.address_all()
    mailing.send_due()


@app.periodic(cron="17 4 * * *")
@app.task(name="status.sweep", queueing_lock="status.sweep")
def sweep(timestamp: int) -> None:
    mailing.forget_old()


@app.periodic(cron="* * * * *")
@app.task(name="status.late", queueing_lock="status.late")
def late(timestamp: int) -> None:
    speaking.warn_of_late_works()
    speaking.after_works()
