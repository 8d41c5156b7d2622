"""What is typed into the card of a call is kept."""

import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0002_lists_of_calls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.JSONField(default=dict, verbose_name='what was typed')),
                ('saved_at', models.DateTimeField(default=otklik.core.journal.clock.now)),
                ('author', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('call', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='calls.call')),
            ],
            options={
                'verbose_name': 'draft of a result',
                'verbose_name_plural': 'drafts of results',
                'indexes': [models.Index(fields=['author', 'saved_at'], name='draft_of_author')],
                'constraints': [models.UniqueConstraint(fields=('call', 'author'), name='one_draft_of_a_result')],
            },
        ),
    ]
