"""Refusals that a lead sees before the client."""

import django.contrib.postgres.fields
import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0009_fate_of_each_recipient'),
        ('conversations', '0008_drafts_of_forwards'),
        ('tickets', '0030_saved_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='habits',
            name='approved_reasons',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('outside', 'outside of our responsibility'), ('no_service', 'there is no such service'), ('impossible', 'technically impossible'), ('rules', 'the contract or our rules do not allow it'), ('law', 'the law does not allow it'), ('security', "it would put somebody's data at risk"), ('conduct', 'the tone of the talk does not let us go on'), ('other', 'another reason')], max_length=12), blank=True, db_default=[], default=list, verbose_name='refusals that a lead approves'),
        ),
        migrations.AddField(
            model_name='refusal',
            name='consulted',
            field=models.BooleanField(db_default=False, default=False, verbose_name='offered to talk it over'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='refusal_asked',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='refusal',
            name='reason',
            field=models.CharField(choices=[('outside', 'outside of our responsibility'), ('no_service', 'there is no such service'), ('impossible', 'technically impossible'), ('rules', 'the contract or our rules do not allow it'), ('law', 'the law does not allow it'), ('security', "it would put somebody's data at risk"), ('conduct', 'the tone of the talk does not let us go on'), ('other', 'another reason')], max_length=12, verbose_name='reason'),
        ),
        migrations.CreateModel(
            name='RefusalRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='when')),
                ('until', models.DateTimeField(verbose_name='to be decided by')),
                ('reason', models.CharField(choices=[('outside', 'outside of our responsibility'), ('no_service', 'there is no such service'), ('impossible', 'technically impossible'), ('rules', 'the contract or our rules do not allow it'), ('law', 'the law does not allow it'), ('security', "it would put somebody's data at risk"), ('conduct', 'the tone of the talk does not let us go on'), ('other', 'another reason')], max_length=12, verbose_name='reason')),
                ('explanation', models.TextField(verbose_name='explanation')),
                ('alternatives', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), verbose_name='what we offer instead')),
                ('consulted', models.BooleanField(default=False, verbose_name='offered to talk it over')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('to', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=320), default=list)),
                ('cc', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=320), blank=True, default=list)),
                ('files', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
                ('history', models.BooleanField(default=False)),
                ('key', models.CharField(blank=True, max_length=100)),
                ('state', models.CharField(choices=[('waiting', 'waits for a decision'), ('approved', 'approved'), ('returned', 'returned'), ('overtaken', 'overtaken')], default='waiting', max_length=12, verbose_name='state')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('words', models.TextField(blank=True, verbose_name='words of the lead')),
                ('why', models.CharField(blank=True, choices=[('client', 'the client wrote meanwhile'), ('withdrawn', 'it was withdrawn'), ('answered', 'the client got another answer'), ('turned', 'the request is not in work any more')], max_length=12, verbose_name='why it was overtaken')),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('message', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.message')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refusal_requests', to='tickets.ticket')),
                ('via', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.channel')),
            ],
            options={
                'verbose_name': 'refusal for approval',
                'verbose_name_plural': 'refusals for approval',
                'indexes': [models.Index(fields=['ticket', '-id'], name='refusal_asked_of_ticket'), models.Index(condition=models.Q(('state', 'waiting')), fields=['until'], name='refusal_to_decide'), models.Index(fields=['at'], name='refusal_asked_at')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('ticket',), name='one_refusal_waits_of_ticket'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='nobody_approves_their_own'), models.CheckConstraint(condition=models.Q(('state', 'returned'), ('words', ''), _negated=True), name='returned_refusal_has_words')],
            },
        ),
    ]
