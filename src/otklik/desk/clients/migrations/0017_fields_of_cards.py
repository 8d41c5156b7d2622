"""Fields that a company keeps on its cards, what of a card is personal, and cards whose looks are written down."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import otklik.desk.clients.models.secrecy
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0016_organisations_that_were_merged'),
    ]

    operations = [
        migrations.AddField(
            model_name='contact',
            name='restricted_as',
            field=models.CharField(blank=True, choices=[('vip', 'VIP'), ('employee', 'an employee of ours'), ('public', 'a public person')], db_default='', default='', max_length=8, verbose_name='restricted card'),
        ),
        migrations.CreateModel(
            name='CardField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('kind', models.CharField(choices=[('text', 'text'), ('number', 'number'), ('date', 'date'), ('choice', 'choice of a list'), ('flag', 'yes or no'), ('link', 'link')], default='text', max_length=6, verbose_name='kind')),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, verbose_name='choices')),
                ('hint', models.CharField(blank=True, max_length=200, verbose_name='hint')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place in the form')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('of', models.CharField(choices=[('contact', 'a person'), ('client', 'an organisation')], default='contact', max_length=8, verbose_name='stands on the card of')),
                ('is_personal', models.BooleanField(default=False, verbose_name='personal')),
            ],
            options={
                'verbose_name': 'field of cards',
                'verbose_name_plural': 'fields of cards',
                'ordering': ('position', 'id'),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'choice'), _negated=True), ('options__len__gte', 1), _connector='OR'), name='a_card_offers_something_to_choose')],
            },
        ),
        migrations.CreateModel(
            name='Secrecy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('facts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('phones', 'telephone numbers'), ('interests', 'what else to talk about'), ('note', 'what matters'), ('money', 'amounts of what they pay'), ('tax_number', 'taxpayer number')], max_length=12), blank=True, default=list, verbose_name='personal')),
                ('open_to', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('agent', 'agent'), ('lead', 'lead'), ('head', 'head of service'), ('quality', 'quality controller'), ('admin', 'administrator')], max_length=10), blank=True, default=otklik.desk.clients.models.secrecy._open, verbose_name='see it at once')),
                ('asking', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('agent', 'agent'), ('lead', 'lead'), ('head', 'head of service'), ('quality', 'quality controller'), ('admin', 'administrator')], max_length=10), blank=True, default=otklik.desk.clients.models.secrecy._asking, verbose_name='see it with a reason')),
            ],
            options={
                'verbose_name': 'personal facts on cards',
                'verbose_name_plural': 'personal facts on cards',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_secrecy')],
            },
        ),
        migrations.CreateModel(
            name='CardAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.JSONField(verbose_name='answer')),
                ('client', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='clients.client', verbose_name='organisation')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='clients.contact', verbose_name='contact')),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='clients.cardfield', verbose_name='field')),
            ],
            options={
                'verbose_name': 'answer on a card',
                'verbose_name_plural': 'answers on cards',
                'indexes': [django.contrib.postgres.indexes.HashIndex(fields=['value'], name='card_answer_value')],
                'constraints': [models.UniqueConstraint(fields=('field', 'contact'), name='answered_once_of_a_person'), models.UniqueConstraint(fields=('field', 'client'), name='answered_once_of_an_organisation'), models.CheckConstraint(condition=models.Q(models.Q(('client__isnull', False), ('contact', None)), models.Q(('client', None), ('contact__isnull', False)), _connector='OR'), name='answer_has_one_holder')],
            },
        ),
    ]
