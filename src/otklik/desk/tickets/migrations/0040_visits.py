"""Visits, and promises that somebody comes."""

import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('tickets', '0034_loads_and_turns'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='promise',
            name='of_visit',
            field=models.BooleanField(db_default=False, default=False, verbose_name='that somebody comes'),
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=300, verbose_name='place')),
                ('map_link', models.URLField(blank=True, max_length=500, verbose_name='link to a map')),
                ('starts_at', models.DateTimeField(verbose_name='from')),
                ('ends_at', models.DateTimeField(verbose_name='until')),
                ('route', models.TextField(blank=True, max_length=2000, verbose_name='how to get there')),
                ('bring', models.CharField(blank=True, max_length=500, verbose_name='what to bring')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('confirmed', 'the client confirmed'), ('coming', 'on the way'), ('here', 'on the spot'), ('done', 'done'), ('failed', 'did not take place')], default='planned', max_length=9, verbose_name='state')),
                ('result', models.TextField(blank=True, max_length=2000, verbose_name='what came of it')),
                ('agreed', models.BooleanField(null=True, verbose_name='the time suits the client')),
                ('told_starts_at', models.DateTimeField(null=True, verbose_name='the client knows: from')),
                ('told_ends_at', models.DateTimeField(null=True, verbose_name='the client knows: until')),
                ('times_told', models.PositiveSmallIntegerField(default=0)),
                ('came_at', models.DateTimeField(null=True, verbose_name='came')),
                ('missed_at', models.DateTimeField(null=True, verbose_name='found missed')),
                ('over_at', models.DateTimeField(null=True, verbose_name='over')),
                ('next_mark', models.DateTimeField(editable=False, null=True)),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='when')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('people', models.ManyToManyField(related_name='visits', to=settings.AUTH_USER_MODEL, verbose_name='who goes')),
                ('promise', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tickets.promise')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='tickets.ticket')),
            ],
            options={
                'verbose_name': 'visit',
                'verbose_name_plural': 'visits',
                'ordering': ('starts_at', 'id'),
                'indexes': [models.Index(fields=['starts_at', 'id'], name='visit_starts'), models.Index(condition=models.Q(models.Q(('state__in', ('done', 'failed')), _negated=True), ('next_mark__isnull', False)), fields=['next_mark'], name='visit_mark')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='visit_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('over_at__isnull', False), ('state__in', ('done', 'failed'))), models.Q(models.Q(('state__in', ('done', 'failed')), _negated=True), ('over_at', None)), _connector='OR'), name='visit_with_a_result_is_over'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('result', ''), _negated=True), _connector='OR'), name='visit_that_failed_says_why')],
            },
        ),
    ]
