"""How a person treats ours: reports, decisions, what holds until when."""

import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0004_who_vouches_for_addresses'),
        ('staff', '0006_absence_and_availability'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='contact',
            name='conduct_since',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name='AbuseReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ticket_number', models.BigIntegerField()),
                ('message_number', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='when')),
                ('step', models.CharField(choices=[('warning', 'a warning was sent'), ('stop', 'the talk was stopped')], max_length=8, verbose_name='step')),
                ('what', models.TextField(verbose_name='what happened')),
                ('quote', models.TextField(blank=True, verbose_name='what was said')),
                ('decision', models.CharField(blank=True, choices=[('lift', 'nothing remains'), ('warn', 'the client is warned'), ('restrict', 'the client is restricted')], max_length=8, verbose_name='decision')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('words', models.TextField(blank=True, verbose_name='words of the lead')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('contact', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='abuse_reports', to='clients.contact')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'report of abuse',
                'verbose_name_plural': 'reports of abuse',
            },
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('line', 'new requests go to one line or lead'), ('daily', 'we answer once a day'), ('refuse', 'new requests are refused with the public rule')], max_length=8, verbose_name='what holds')),
                ('until', models.DateTimeField(verbose_name='until')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='when')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='lifted')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('contact', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='clients.contact')),
                ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='clients.abusereport')),
                ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.team', verbose_name='line')),
            ],
            options={
                'verbose_name': 'restriction',
                'verbose_name_plural': 'restrictions',
            },
        ),
        migrations.AddIndex(
            model_name='abusereport',
            index=models.Index(fields=['contact', '-id'], name='abuse_of_contact'),
        ),
        migrations.AddIndex(
            model_name='abusereport',
            index=models.Index(condition=models.Q(('decision', ''), ('step', 'stop')), fields=['at'], name='abuse_to_review'),
        ),
        migrations.AddConstraint(
            model_name='abusereport',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('by')), _negated=True), _connector='OR'), name='nobody_reviews_their_own_report'),
        ),
        migrations.AddConstraint(
            model_name='restriction',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('contact',), name='one_restriction_of_contact'),
        ),
        migrations.AddConstraint(
            model_name='restriction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mode', 'line'), _negated=True), ('team__isnull', False), _connector='OR'), name='restricted_to_some_line'),
        ),
    ]
