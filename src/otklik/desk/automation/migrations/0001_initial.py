
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('staff', '0006_absence_and_availability'),
        ('tickets', '0029_planned_by_a_rule'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Endpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('url', models.CharField(max_length=1000, verbose_name='address')),
                ('events', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, verbose_name='events')),
                ('is_active', models.BooleanField(default=True, verbose_name='on')),
                ('secret', models.TextField(editable=False)),
                ('old_secret', models.TextField(blank=True, editable=False)),
                ('old_until', models.DateTimeField(editable=False, null=True)),
                ('failing_since', models.DateTimeField(editable=False, null=True)),
                ('paused_at', models.DateTimeField(editable=False, null=True, verbose_name='paused')),
                ('changed_at', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
                ('changed_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'webhook',
                'verbose_name_plural': 'webhooks',
                'ordering': ('name', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Macro',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('about', models.CharField(blank=True, max_length=200, verbose_name='what it is for')),
                ('text', models.TextField(blank=True, max_length=20000, verbose_name='text')),
                ('acts', models.JSONField(blank=True, default=list)),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('changed_at', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
                ('changed_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='staff.team', verbose_name='line')),
            ],
            options={
                'verbose_name': 'macro',
                'verbose_name_plural': 'macros',
                'ordering': ('position', 'name', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now)),
                ('changed', models.JSONField(default=dict)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='applications', to='tickets.ticket')),
                ('macro', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='applications', to='automation.macro')),
            ],
            options={
                'verbose_name': 'use of a macro',
                'verbose_name_plural': 'uses of macros',
            },
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('is_active', models.BooleanField(default=True, verbose_name='on')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('stops', models.BooleanField(default=False, verbose_name='rules below it do not run any more')),
                ('trigger', models.CharField(choices=[('event', 'something happened'), ('due', 'a moment is near or has passed'), ('since', 'nothing has changed for some time'), ('schedule', 'at fixed times')], default='event', max_length=8, verbose_name='when')),
                ('what', models.CharField(blank=True, max_length=20)),
                ('minutes', models.IntegerField(default=0)),
                ('days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list)),
                ('at_time', models.TimeField(blank=True, null=True)),
                ('matches_any', models.BooleanField(default=False)),
                ('conditions', models.JSONField(blank=True, default=list)),
                ('acts', models.JSONField(default=list)),
                ('hourly', models.PositiveIntegerField(default=200, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10000)], verbose_name='times an hour at most')),
                ('paused_at', models.DateTimeField(editable=False, null=True, verbose_name='paused')),
                ('paused_why', models.CharField(blank=True, editable=False, max_length=300)),
                ('active_from', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
                ('looked_at', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
                ('changed_at', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
                ('changed_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'rule',
                'verbose_name_plural': 'rules',
                'ordering': ('position', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Firing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(max_length=80)),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='when')),
                ('why', models.CharField(max_length=300)),
                ('facts', models.JSONField(default=list)),
                ('done', models.JSONField(default=list)),
                ('in_trouble', models.BooleanField(default=False)),
                ('entry_id', models.BigIntegerField(null=True)),
                ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='firings', to='tickets.ticket')),
                ('rule', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='firings', to='automation.rule')),
            ],
            options={
                'verbose_name': 'run of a rule',
                'verbose_name_plural': 'runs of rules',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=80)),
                ('body', models.TextField()),
                ('state', models.CharField(choices=[('waiting', 'on its way'), ('delivered', 'delivered'), ('dead', 'given up')], default='waiting', max_length=9)),
                ('tries', models.JSONField(default=list)),
                ('next_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now)),
                ('done_at', models.DateTimeField(null=True)),
                ('ticket', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.ticket')),
                ('endpoint', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='automation.endpoint')),
            ],
            options={
                'verbose_name': 'call of a webhook',
                'verbose_name_plural': 'calls of webhooks',
                'indexes': [models.Index(fields=['endpoint', '-id'], name='delivery_of_endpoint'), models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='delivery_due'), models.Index(fields=['at'], name='delivery_at'), models.Index(condition=models.Q(('ticket__isnull', False)), fields=['ticket'], name='delivery_of_ticket')],
                'constraints': [models.UniqueConstraint(fields=('endpoint', 'key'), name='called_once_for_each_news')],
            },
        ),
        migrations.AddConstraint(
            model_name='macro',
            constraint=models.UniqueConstraint(fields=('name', 'team'), name='one_macro_of_a_name_in_a_line', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['ticket', '-id'], name='application_on_ticket'),
        ),
        migrations.AddIndex(
            model_name='firing',
            index=models.Index(fields=['rule', 'at'], name='firing_of_rule'),
        ),
        migrations.AddIndex(
            model_name='firing',
            index=models.Index(fields=['ticket', 'at'], name='firing_on_ticket'),
        ),
        migrations.AddConstraint(
            model_name='firing',
            constraint=models.UniqueConstraint(fields=('rule', 'ticket', 'cause'), name='once_for_each_cause'),
        ),
    ]
