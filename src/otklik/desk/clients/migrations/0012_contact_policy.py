"""Who may be written to by what no person writes: quiet periods, consents, caps, how a person likes to be reached."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import otklik.core.journal.clock
import otklik.desk.clients.models.reach
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0011_who_was_merged'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='contact',
            name='reach_by',
            field=models.CharField(blank=True, choices=[('email', 'by letter'), ('phone', 'by phone'), ('chat', 'in a messenger')], max_length=8, verbose_name='likes to be reached'),
        ),
        migrations.AddField(
            model_name='contact',
            name='reach_hours',
            field=models.CharField(blank=True, max_length=11, validators=[otklik.desk.clients.models.reach.check_hours], verbose_name='at hours'),
        ),
        migrations.CreateModel(
            name='ContactPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('surveys_of_person', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(20)], verbose_name='surveys of one person')),
                ('surveys_of_client', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='surveys of one organisation')),
                ('survey_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='within days')),
                ('notices_a_day', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MaxValueValidator(20)], verbose_name='reminders and notices of one person a day')),
                ('hours', models.CharField(blank=True, max_length=11, validators=[otklik.desk.clients.models.reach.check_hours], verbose_name='hours of automatic messages')),
            ],
            options={
                'verbose_name': 'contact policy',
                'verbose_name_plural': 'contact policy',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_contact_policy')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('service', 'notices about their requests'), ('surveys', 'surveys'), ('marketing', 'offers and news')], max_length=10, verbose_name='to what')),
                ('given', models.BooleanField(default=True, verbose_name='agrees')),
                ('version', models.CharField(blank=True, max_length=60, verbose_name='version of the text')),
                ('source', models.CharField(max_length=200, verbose_name='how we know')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False, verbose_name='when')),
                ('by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='clients.contact', verbose_name='contact')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'indexes': [models.Index(fields=['contact', 'purpose', '-id'], name='consent_last')],
            },
        ),
        migrations.CreateModel(
            name='Contacted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('answer', 'an answer'), ('receipt', 'a receipt'), ('promise', 'what we promised'), ('notice', 'a notice'), ('reminder', 'a reminder'), ('survey', 'a survey'), ('marketing', 'an offer')], max_length=10)),
                ('at', models.DateTimeField()),
                ('client', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clients.client')),
                ('contact', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clients.contact')),
            ],
            options={
                'verbose_name': 'automatic message',
                'verbose_name_plural': 'automatic messages',
                'indexes': [models.Index(fields=['contact', 'at'], name='contacted_person'), models.Index(condition=models.Q(('client__isnull', False)), fields=['client', 'at'], name='contacted_client')],
            },
        ),
        migrations.CreateModel(
            name='QuietPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(blank=True, max_length=120, verbose_name='why')),
                ('holds', models.CharField(choices=[('calls', 'calls, letters may come'), ('questions', 'surveys and offers'), ('notices', 'surveys, offers, reminders and notices'), ('all', 'calls and everything automatic')], default='all', max_length=10, verbose_name='what waits')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('month_from', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='every month from day')),
                ('month_until', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='to day')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)]), blank=True, default=list, verbose_name='weekdays')),
                ('months', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)]), blank=True, default=list, verbose_name='months')),
                ('hours_from', models.TimeField(blank=True, null=True, verbose_name='from the hour')),
                ('hours_until', models.TimeField(blank=True, null=True, verbose_name='until the hour')),
                ('created_at', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
                ('by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('client', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='quiet_periods', to='clients.client', verbose_name='organisation')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='quiet_periods', to='clients.contact', verbose_name='contact')),
            ],
            options={
                'verbose_name': 'quiet period',
                'verbose_name_plural': 'quiet periods',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('client__isnull', False), ('contact', None)), models.Q(('client', None), ('contact__isnull', False)), _connector='OR'), name='quiet_period_has_one_holder')],
            },
        ),
    ]
