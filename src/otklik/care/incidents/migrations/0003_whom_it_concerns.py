"""Whom an incident concerns beside those who wrote, and letters to them."""

import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0021_messengers'),
        ('conversations', '0011_no_second_index_of_tokens'),
        ('incidents', '0002_what_was_before'),
        ('tickets', '0057_orders_of_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Concerned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'client of an incident',
                'verbose_name_plural': 'clients of incidents',
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('product', 'by what they have of us'), ('tag', 'by a tag of their card'), ('list', 'by a saved list of requests'), ('hand', 'by names and addresses')], max_length=8, verbose_name='How they were found')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='by what')),
                ('why', models.TextField(max_length=500, verbose_name='Why it concerns them')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='when')),
            ],
            options={
                'verbose_name': 'finding of an incident',
                'verbose_name_plural': 'findings of incidents',
            },
        ),
        migrations.AddField(
            model_name='told',
            name='contact',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clients.contact'),
        ),
        migrations.AlterField(
            model_name='told',
            name='ticket',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.ticket'),
        ),
        migrations.AddConstraint(
            model_name='told',
            constraint=models.UniqueConstraint(fields=('update', 'contact'), name='told_person_once'),
        ),
        migrations.AddConstraint(
            model_name='told',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contact__isnull', False), ('ticket', None)), models.Q(('contact', None), ('ticket__isnull', False)), _connector='OR'), name='told_is_one'),
        ),
        migrations.AddField(
            model_name='concerned',
            name='client',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clients.client', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='concerned',
            name='contact',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clients.contact', verbose_name='client'),
        ),
        migrations.AddField(
            model_name='finding',
            name='by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='finding',
            name='incident',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='incidents.incident'),
        ),
        migrations.AddField(
            model_name='concerned',
            name='finding',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='concerned', to='incidents.finding'),
        ),
        migrations.AddIndex(
            model_name='concerned',
            index=models.Index(fields=['finding', 'id'], name='concerned_in_order'),
        ),
        migrations.AddConstraint(
            model_name='concerned',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('client__isnull', False), ('contact', None)), models.Q(('client', None), ('contact__isnull', False)), _connector='OR'), name='concerned_is_one'),
        ),
        migrations.AddConstraint(
            model_name='concerned',
            constraint=models.UniqueConstraint(fields=('finding', 'contact'), name='concerned_person_once'),
        ),
        migrations.AddConstraint(
            model_name='concerned',
            constraint=models.UniqueConstraint(fields=('finding', 'client'), name='concerned_organisation_once'),
        ),
    ]
