"""Changes that need an approval, and tasks that are steps of one."""

import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('tickets', '0041_products'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=300, verbose_name='what changes')),
                ('why', models.TextField(max_length=2000, verbose_name='why')),
                ('risk', models.CharField(choices=[('low', 'low'), ('medium', 'medium'), ('high', 'high')], default='low', max_length=6, verbose_name='risk')),
                ('way_back', models.TextField(blank=True, max_length=2000, verbose_name='way back')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='from')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('asked', 'waits for approval'), ('approved', 'approved'), ('rejected', 'rejected'), ('done', 'carried out'), ('rolled_back', 'rolled back')], default='draft', max_length=11, verbose_name='state')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='when')),
                ('asked_at', models.DateTimeField(null=True, verbose_name='asked')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('remark', models.CharField(blank=True, max_length=500, verbose_name='remark of who decided')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('result', models.TextField(blank=True, max_length=2000, verbose_name='what came of it')),
                ('asked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_for', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='tickets.ticket')),
            ],
            options={
                'verbose_name': 'change',
                'verbose_name_plural': 'changes',
                'ordering': ('id',),
            },
        ),
        migrations.AddField(
            model_name='task',
            name='change',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='tickets.change', verbose_name='change'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['asked_at'], name='change_asked'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(condition=models.Q(('ended_at__isnull', False)), fields=['ended_at'], name='change_ended'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('starts_at', None), ('ends_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='change_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('approved', 'rejected', 'done', 'rolled_back')), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='change_was_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(models.Q(('decided_by', models.F('by')), _negated=True), models.Q(('decided_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='nobody_approves_their_own_change'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('state__in', ('done', 'rolled_back'))), models.Q(models.Q(('state__in', ('done', 'rolled_back')), _negated=True), ('ended_at', None), ('ended_by', None)), _connector='OR'), name='change_that_ended_says_when'),
        ),
    ]
