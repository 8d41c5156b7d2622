from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0006_index_of_moments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('mention', 'I am named in a note'), ('assigned', 'A request is given to me'), ('answer', 'A client answered in my request'), ('due', 'A moment of my request is near or over'), ('promise', 'A date I gave was not kept'), ('returned', 'A request or a letter came back to me'), ('task', 'A task is given to me'), ('visit', 'Visits to clients'), ('change', 'Changes to approve, and approved ones'), ('approval', 'Refusals and reports of abuse'), ('together', 'Somebody asks me to work together'), ('rule', 'A rule tells me something'), ('desk', 'The desk itself: nobody at work, a rule or a webhook gave up')], db_default='desk', default='desk', max_length=12, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='notice',
            name='mailed_at',
            field=models.DateTimeField(null=True, verbose_name='in a letter'),
        ),
        migrations.AddField(
            model_name='notice',
            name='pushed_why',
            field=models.CharField(db_default='', default='', editable=False, max_length=12),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('about', 'ticket'), ('seen_at', None)), fields=['person', 'about_id'], name='notice_of_ticket'),
        ),
    ]
