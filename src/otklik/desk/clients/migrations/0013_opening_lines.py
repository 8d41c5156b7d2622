"""Lines with which an answer may begin, and a stock of them to begin with."""
import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models

from otklik.desk.clients.opening.stock import STOCK


def stock(apps, schema_editor):
    Opener = apps.get_model("clients", "Opener")
    Opener.objects.bulk_create(
        Opener(language=language, situation=situation, text=text)
        for language, lines in STOCK.items()
        for situation, texts in lines.items()
        for text in texts
    )


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0012_contact_policy'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Opener',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(default='ru', max_length=5, verbose_name='language')),
                ('situation', models.CharField(choices=[('upset', 'the client is upset'), ('missed', 'we missed a date'), ('refused', 'we refused last time'), ('first', 'their first request'), ('holiday', 'a holiday at their place'), ('long_ago', 'long time no see'), ('solved', 'the last request was solved'), ('storm', 'thunderstorm'), ('snow', 'snow'), ('rain', 'rain'), ('frost', 'frost'), ('heat', 'heat'), ('clear', 'clear sky'), ('morning', 'morning'), ('day', 'day'), ('evening', 'evening'), ('night', 'night'), ('winter', 'winter'), ('spring', 'spring'), ('summer', 'summer'), ('autumn', 'autumn')], max_length=10, verbose_name='when it fits')),
                ('text', models.CharField(max_length=300, verbose_name='words of the line')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'opening line',
                'verbose_name_plural': 'opening lines',
                'constraints': [models.UniqueConstraint(fields=('language', 'text'), name='opener_once')],
            },
        ),
        migrations.CreateModel(
            name='Opened',
            fields=[
                ('contact', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='clients.contact')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opener', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clients.opener')),
            ],
            options={
                'verbose_name': 'last opening line',
                'verbose_name_plural': 'last opening lines',
            },
        ),
        migrations.RunPython(stock, migrations.RunPython.noop),
    ]
