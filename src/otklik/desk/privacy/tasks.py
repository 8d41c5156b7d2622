"""Jobs: one request, every night the terms, every few minutes the clocks of the law."""

from procrastinate.contrib.django import app

from otklik.desk.privacy import exporting, reminding, terms, working


@app.task(name="privacy.work")
def work(request_id: int) -> None:
    working.work(request_id)


def start(request_id: int) -> None:
    """One after the other: a job that was put back waits for its twin."""
    work.configure(lock=f"privacy.work:{request_id}").defer(request_id=request_id)


@app.periodic(cron="13 2 * * *")
@app.task(name="privacy.keep", queueing_lock="privacy.keep")
def keep(timestamp: int) -> None:
    exporting.forget_spent()
    terms.run_all()


@app.periodic(cron="*/5 * * * *")
@app.task(name="privacy.remind", queueing_lock="privacy.remind")
def remind(timestamp: int) -> None:
    reminding.remind()
