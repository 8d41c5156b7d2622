"""A saved reply has wordings, a keeper with a date and may be offered; a letter may leave at a moment."""

import django.db.models.deletion
import django.db.models.functions.datetime
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0011_no_second_index_of_tokens'),
        ('staff', '0011_levels_of_skills'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedReplyPut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='SavedReplyWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(blank=True, choices=[('email', 'in a letter'), ('telegram', 'in Telegram'), ('chat', 'in a chat on the site')], default='', max_length=12, verbose_name='where')),
                ('tone', models.CharField(blank=True, choices=[('formal', 'formal: вы'), ('informal', 'informal: ты')], default='', max_length=8, verbose_name='how one speaks')),
                ('text', models.TextField(max_length=20000, verbose_name='text')),
                ('text_en', models.TextField(blank=True, max_length=20000, verbose_name='text in English')),
            ],
            options={
                'verbose_name': 'wording',
                'verbose_name_plural': 'wordings',
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='draft',
            name='leave_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='savedreply',
            name='asked_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='savedreply',
            name='keeper',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who answers for it'),
        ),
        migrations.AddField(
            model_name='savedreply',
            name='offered_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='savedreply',
            name='offered_team',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='staff.team', verbose_name='line'),
        ),
        migrations.AddField(
            model_name='savedreply',
            name='review_on',
            field=models.DateField(blank=True, null=True, verbose_name='to be looked at on'),
        ),
        migrations.AddField(
            model_name='savedreply',
            name='reviewed_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='savedreplyuse',
            name='last_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=otklik.core.journal.clock.now),
        ),
        migrations.AlterField(
            model_name='draft',
            name='mode',
            field=models.CharField(choices=[('reply', 'reply'), ('note', 'note'), ('forward', 'forwarded to a third party'), ('later', 'leaves later')], default='reply', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('leave_at__isnull', False), ('mode', 'later')), models.Q(models.Q(('mode', 'later'), _negated=True), ('leave_at', None)), _connector='OR'), name='who_leaves_later_has_a_moment'),
        ),
        migrations.AddField(
            model_name='savedreplyput',
            name='conversation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.conversation'),
        ),
        migrations.AddField(
            model_name='savedreplyput',
            name='reply',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='puts', to='conversations.savedreply'),
        ),
        migrations.AddField(
            model_name='savedreplywording',
            name='reply',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='conversations.savedreply'),
        ),
        migrations.AddConstraint(
            model_name='savedreplyput',
            constraint=models.UniqueConstraint(fields=('reply', 'conversation'), name='put_once_into_a_talk'),
        ),
        migrations.AddConstraint(
            model_name='savedreplywording',
            constraint=models.UniqueConstraint(fields=('reply', 'channel', 'tone'), name='worded_once_for_a_way'),
        ),
        migrations.AddConstraint(
            model_name='savedreplywording',
            constraint=models.CheckConstraint(condition=models.Q(('channel', ''), ('tone', ''), _negated=True), name='a_wording_is_for_some'),
        ),
    ]
