"""The job that looks after dates of articles, flags and links, draws links, and forgets what is old.

Words of readers and drafts are not kept for ever.
"""

from procrastinate.contrib.django import app

from otklik.care.knowledge import sampling, telling
from otklik.care.knowledge.models import ArticleUse, FormVisit, Opinion, Sought
from otklik.care.knowledge.terms import today


@app.periodic(cron="11 * * * *")
@app.task(name="knowledge.dates", queueing_lock="knowledge.dates")
def look_at_dates(timestamp: int) -> None:
    telling.tell_overdue()
    telling.tell_late()
    telling.tell_links_late()
    sampling.draw_due()
    Sought.objects.forget(today())
    Opinion.objects.forget_words()
    ArticleUse.objects.forget_unsent()
    FormVisit.objects.settle()
    FormVisit.objects.forget()
