"""The job that looks after review dates and dates of flags, and forgets what is old: words of readers, and drafts."""

from procrastinate.contrib.django import app

from otklik.care.knowledge import telling
from otklik.care.knowledge.models import ArticleUse, Opinion, Sought
from otklik.care.knowledge.terms import today


@app.periodic(cron="11 * * * *")
@app.task(name="knowledge.dates", queueing_lock="knowledge.dates")
def look_at_dates(timestamp: int) -> None:
    telling.tell_overdue()
    telling.tell_late()
    Sought.objects.forget(today())
    Opinion.objects.forget_words()
    ArticleUse.objects.forget_unsent()
