"""The last weather of a place."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0013_opening_lines'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlaceWeather',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('time_zone', models.CharField(max_length=60, unique=True, verbose_name='time zone')),
                ('wanted_at', models.DateTimeField()),
                ('tried_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(null=True)),
                ('degrees', models.FloatField(null=True)),
                ('code', models.PositiveSmallIntegerField(null=True)),
                ('trouble', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'verbose_name': 'weather of a place',
                'verbose_name_plural': 'weather of places',
            },
        ),
    ]
