"""Clients appeal against refusals: a row for each appeal, its number on the ticket, the habits of the line."""

import django.core.validators
import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0013_index_of_letters_that_leave_later'),
        ('tickets', '0064_refusals_by_moment'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='appealed',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='habits',
            name='appeals',
            field=models.BooleanField(db_default=True, default=True, verbose_name='clients may appeal against refusals'),
        ),
        migrations.AddField(
            model_name='habits',
            name='appeal_days',
            field=models.PositiveSmallIntegerField(db_default=30, default=30, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='days in which a client may appeal'),
        ),
        migrations.AddField(
            model_name='habits',
            name='appeal_decided_in',
            field=models.PositiveSmallIntegerField(db_default=2, default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='working days in which an appeal is decided'),
        ),
        migrations.AddField(
            model_name='habits',
            name='appeal_words_ru',
            field=models.TextField(blank=True, db_default='', default='', max_length=1000, verbose_name='how to appeal, in Russian'),
        ),
        migrations.AddField(
            model_name='habits',
            name='appeal_words_en',
            field=models.TextField(blank=True, db_default='', default='', max_length=1000, verbose_name='how to appeal, in English'),
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='why the client does not agree')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='when')),
                ('until', models.DateTimeField(verbose_name='to be decided by')),
                ('state', models.CharField(choices=[('open', 'being looked at'), ('granted', 'granted'), ('upheld', 'the refusal stands')], default='open', max_length=8, verbose_name='state')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('words', models.TextField(blank=True, verbose_name='reasons of the decision')),
                ('answer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.message')),
                ('approved_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('holder', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who decides')),
                ('marked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.message')),
                ('refusal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='tickets.refusal', verbose_name='refusal')),
                ('refused_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='refused by')),
                ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='tickets.ticket')),
            ],
            options={
                'verbose_name': 'appeal against a refusal',
                'verbose_name_plural': 'appeals against refusals',
            },
        ),
        migrations.AddIndex(
            model_name='appeal',
            index=models.Index(fields=['ticket', '-id'], name='appeal_of_ticket'),
        ),
        migrations.AddIndex(
            model_name='appeal',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['until'], name='appeal_to_decide'),
        ),
        migrations.AddIndex(
            model_name='appeal',
            index=models.Index(fields=['at'], name='appeal_made_at'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('ticket',), name='one_open_appeal_of_ticket'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(models.Q(('decided_by', models.F('refused_by')), _negated=True), models.Q(('approved_by', None), models.Q(('decided_by', models.F('approved_by')), _negated=True), _connector='OR')), _connector='OR'), name='nobody_decides_on_an_appeal_against_themselves'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('words', ''), _negated=True)), _connector='OR'), name='decided_appeal_says_who_and_why'),
        ),
    ]
