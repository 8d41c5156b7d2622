import django.contrib.postgres.fields
import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('automation', '0002_tries_before_it_was_sent_again'),
        ('tickets', '0061_asks_before_one_answers_for_another'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Panel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret', models.TextField(editable=False)),
                ('old_secret', models.TextField(blank=True, editable=False)),
                ('old_until', models.DateTimeField(editable=False, null=True)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('kind', models.CharField(choices=[('json', 'data in JSON'), ('frame', 'a page of the program')], default='json', max_length=5, verbose_name='kind')),
                ('url', models.CharField(max_length=1000, verbose_name='address')),
                ('tells', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('name', 'name of the client'), ('email', 'mail address of the client'), ('organisation', 'name of the organisation'), ('subject', 'subject of the request')], max_length=12), blank=True, default=list, verbose_name='what is told')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('agent', 'agent'), ('lead', 'lead'), ('head', 'head of service'), ('quality', 'quality controller'), ('admin', 'administrator')], max_length=10), blank=True, default=list, verbose_name='roles')),
                ('lines', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, verbose_name='lines')),
                ('clients', models.CharField(choices=[('all', 'all'), ('persons', 'persons without an organisation'), ('organisations', 'people of organisations')], default='all', max_length=13, verbose_name='clients')),
                ('on_cards', models.BooleanField(default=True, verbose_name="on the client's card")),
                ('opens', models.BooleanField(default=False, verbose_name='unfolded')),
                ('height', models.PositiveSmallIntegerField(default=320, verbose_name='height')),
                ('is_active', models.BooleanField(default=True, verbose_name='on')),
                ('answered_at', models.DateTimeField(editable=False, null=True)),
                ('took_ms', models.PositiveIntegerField(editable=False, null=True)),
                ('failing_since', models.DateTimeField(editable=False, null=True)),
                ('failures', models.PositiveIntegerField(default=0, editable=False)),
                ('rest_until', models.DateTimeField(editable=False, null=True)),
                ('trouble', models.CharField(blank=True, choices=[('silent', 'no answer in time'), ('status', 'an answer that is not 200'), ('away', 'a redirect, which is not followed'), ('large', 'an answer of more than 64 KB'), ('not_json', 'what came is no JSON'), ('malformed', 'JSON, but not as agreed'), ('sealed', 'the secret cannot be read; make a new one')], editable=False, max_length=9)),
                ('trouble_said', models.CharField(blank=True, editable=False, max_length=200)),
                ('changed_at', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
                ('changed_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tickets.topic', verbose_name='topic')),
            ],
            options={
                'verbose_name': 'data panel',
                'verbose_name_plural': 'data panels',
                'ordering': ('name', 'id'),
            },
        ),
    ]
