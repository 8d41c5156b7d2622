import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0002_names_by_parts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='fingerprint')),
                ('name', models.CharField(blank=True, max_length=300, verbose_name='name in the key')),
                ('armored', models.TextField()),
                ('added_at', models.DateTimeField(default=otklik.core.journal.clock.now)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='clients.contact')),
            ],
            options={
                'verbose_name': 'key',
                'verbose_name_plural': 'keys',
                'constraints': [models.UniqueConstraint(fields=('contact', 'fingerprint'), name='a_key_once_a_person')],
            },
        ),
    ]
