"""Jobs of the trail: sealing every minute, writing the head down every hour."""

from procrastinate.contrib.django import app

from otklik.core.audit import anchors, chain


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queueing_lock="audit.seal")
def seal(timestamp: int) -> None:
    chain.seal()


@app.periodic(cron="53 * * * *")
@app.task(name="audit.anchor", queueing_lock="audit.anchor")
def anchor(timestamp: int) -> None:
    chain.seal(everything=True)
    anchors.write_down()
