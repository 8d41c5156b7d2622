import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0001_articles_begin'),
        ('tickets', '0057_orders_of_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name='article',
            name='begun_at',
        ),
        migrations.AlterField(
            model_name='articleuse',
            name='how',
            field=models.CharField(choices=[('chosen', 'its text waits in a draft'), ('linked', 'its link was put in'), ('pasted', 'its text was used'), ('looked', 'a colleague read it'), ('read', 'the client read it before writing'), ('made', 'it was made of the request'), ('mended', 'it was mended because of the request')], max_length=6),
        ),
        migrations.AddIndex(
            model_name='article',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('title'), 'gin_trgm_ops'), name='article_title_part'),
        ),
        migrations.AddIndex(
            model_name='articleuse',
            index=models.Index(condition=models.Q(('how', 'chosen')), fields=['at'], name='article_waits_since'),
        ),
    ]
