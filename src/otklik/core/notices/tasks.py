"""Jobs: telling browsers, writing letters, forgetting browsers that nobody uses."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from otklik.core.notices import mailing, pushing
from otklik.core.notices.models import Browser


@app.task(name="notices.push", retry=3)
def push(notices: list[int]) -> None:
    for notice, browser in pushing.decide(notices):
        push_one.defer(notice=notice, browser=browser)


@app.task(
    name="notices.push_one", retry=RetryStrategy(max_attempts=6, exponential_wait=5, retry_exceptions=[pushing.NotNow])
)
def push_one(notice: int, browser: int) -> None:
    pushing.send_to(notice, browser)


@app.periodic(cron="*/5 * * * *")
@app.task(name="notices.letters", queueing_lock="notices.letters")
def letters(timestamp: int) -> None:
    mailing.write_due()


@app.periodic(cron="37 4 * * *")
@app.task(name="notices.sweep", queueing_lock="notices.sweep")
def sweep(timestamp: int) -> None:
    Browser.objects.forget_old()
