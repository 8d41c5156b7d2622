"""Jobs of the room."""

from procrastinate.contrib.django import app

from otklik.desk.clients import weather


@app.periodic(cron="*/5 * * * *")
@app.task(name="clients.weather", queueing_lock="clients.weather")
def ask_weather(timestamp: int) -> None:
    """Nothing is asked where no provider is set."""
    weather.ask_due()
