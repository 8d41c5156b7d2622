"""The page of a request is laid out by its kind.  A row for each kind, without an order: as delivered."""

import django.contrib.postgres.fields
from django.db import migrations, models

KINDS = ("complaint", "incident", "problem", "refusal", "call", "chat", "ordinary")


def begin(apps, schema_editor):
    Layout = apps.get_model("tickets", "Layout")
    Layout.objects.bulk_create([Layout(code=code) for code in KINDS])


def codes(label):
    return django.contrib.postgres.fields.ArrayField(
        base_field=models.CharField(max_length=30), blank=True, db_default=[], default=list, size=None, verbose_name=label
    )


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0062_answers_for_release'),
    ]

    operations = [
        migrations.CreateModel(
            name='Layout',
            fields=[
                ('code', models.CharField(choices=[('complaint', 'complaint'), ('incident', 'part of an incident'), ('problem', 'made by a known problem'), ('refusal', 'refusal'), ('call', 'call'), ('chat', 'chat'), ('ordinary', 'ordinary')], max_length=12, primary_key=True, serialize=False, verbose_name='kind of request')),
                ('order', codes('order of blocks')),
                ('folded', codes('folded blocks')),
                ('hidden', codes('hidden blocks')),
            ],
            options={
                'verbose_name': 'layout of the page',
                'verbose_name_plural': 'layouts of the page',
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
