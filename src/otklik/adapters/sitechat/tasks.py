"""Jobs of the adapter."""

from procrastinate.contrib.django import app

from otklik.adapters.sitechat import leaving


@app.periodic(cron="* * * * *")
@app.task(name="sitechat.hand_over", queueing_lock="sitechat.hand_over")
def hand_over(timestamp: int) -> None:
    leaving.hand_over_all()
