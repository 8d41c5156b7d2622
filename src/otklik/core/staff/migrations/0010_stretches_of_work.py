"""Who is at work goes on from here: of the time before nothing is known."""

from datetime import timedelta

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def write_down_who_is_at_work(apps, schema_editor):
    now = timezone.now()
    people = apps.get_model("staff", "User").objects.filter(
        is_active=True, availability__in=["ready", "busy", "break"], availability_since__gt=now - timedelta(hours=12)
    )
    lines = apps.get_model("staff", "Membership").objects
    Stint = apps.get_model("staff", "Stint")
    Stint.objects.bulk_create(
        Stint(
            user=one,
            state=one.availability,
            since=now,
            lines=[] if one.role == "quality" else sorted(lines.filter(user=one).values_list("team_id", flat=True)),
        )
        for one in people
    )


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0009_orders_of_lists'),
    ]

    operations = [
        migrations.CreateModel(
            name='Stint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('ready', 'ready'), ('busy', 'busy'), ('break', 'on a break'), ('away', 'away'), ('off', 'not working')], max_length=8, verbose_name='availability')),
                ('lines', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, verbose_name='lines')),
                ('since', models.DateTimeField(verbose_name='from when')),
                ('until', models.DateTimeField(null=True, verbose_name='until')),
                ('lapsed', models.BooleanField(default=False)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='stints', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'stretch of work',
                'verbose_name_plural': 'stretches of work',
                'indexes': [models.Index(fields=['since'], name='stint_since'), models.Index(fields=['user', '-since'], name='stint_of_person'), models.Index(condition=models.Q(('until', None)), fields=['user'], name='stint_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('since')), _connector='OR'), name='stint_has_a_length'), models.CheckConstraint(condition=models.Q(('state__in', ('ready', 'busy', 'break'))), name='stint_is_at_work'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func('since', 'until', function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&'), ('user', '=')], name='one_stint_at_a_time')],
            },
        ),
        migrations.RunPython(write_down_who_is_at_work, migrations.RunPython.noop, elidable=True),
    ]
