"""The card: organisations of a person, products of a client, advice, events, tags, and facts of organisations."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


# Who had an organisation speaks mostly for it.
MEMBERS = """
INSERT INTO clients_membership (contact_id, client_id, is_main, position, roles, area, may_ask, joined_at)
SELECT id, client_id, true, position, '{}', '', '', created_at FROM clients_contact WHERE client_id IS NOT NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0007_products_are_of_clients'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Advice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='what was advised')),
                ('taken', models.BooleanField(default=False, verbose_name='they follow it')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
            ],
            options={
                'verbose_name': 'advice',
                'verbose_name_plural': 'advice',
            },
        ),
        migrations.CreateModel(
            name='ClientEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]{1,39}\\Z', 'Small Latin letters, digits and _, as in trial_started.')], verbose_name='what happened')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('data', models.JSONField(blank=True, default=dict, verbose_name='particulars')),
                ('external_id', models.CharField(blank=True, max_length=200, null=True, unique=True, verbose_name="identifier of the sender's system")),
                ('recorded_at', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
            ],
            options={
                'verbose_name': 'event of a client',
                'verbose_name_plural': 'events of a client',
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_main', models.BooleanField(default=False, verbose_name='speaks mostly for it')),
                ('position', models.CharField(blank=True, max_length=120, verbose_name='position')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('decision', 'decides'), ('finance', 'money and documents'), ('technical', 'technology'), ('user', 'uses it daily')], max_length=12), blank=True, default=list, verbose_name='roles')),
                ('area', models.CharField(blank=True, max_length=200, verbose_name='answers for')),
                ('may_ask', models.CharField(blank=True, max_length=200, verbose_name='may ask us for')),
                ('joined_at', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
                ('left_at', models.DateTimeField(editable=False, null=True, verbose_name='left')),
            ],
            options={
                'verbose_name': 'organisation of a person',
                'verbose_name_plural': 'organisations of a person',
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.CharField(blank=True, max_length=120, verbose_name='plan')),
                ('details', models.CharField(blank=True, max_length=200, verbose_name='how much of it')),
                ('state', models.CharField(choices=[('trial', 'on trial'), ('active', 'in use'), ('paused', 'paused'), ('ended', 'ended')], default='active', max_length=8, verbose_name='state')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='since')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='amount')),
                ('currency', models.CharField(default='RUB', max_length=3, validators=[django.core.validators.RegexValidator('^[A-Z]{3}\\Z', 'Three capital letters, as in RUB.')], verbose_name='currency')),
                ('period', models.CharField(choices=[('month', 'a month'), ('quarter', 'a quarter'), ('year', 'a year'), ('once', 'once')], default='month', max_length=8, verbose_name='paid')),
                ('created_at', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
            ],
            options={
                'verbose_name': 'product of a client',
                'verbose_name_plural': 'products of a client',
            },
        ),
        migrations.AddField(
            model_name='client',
            name='manager',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='our manager'),
        ),
        migrations.AddField(
            model_name='client',
            name='quiet_hours',
            field=models.CharField(blank=True, max_length=300, verbose_name='when not to disturb'),
        ),
        migrations.AddField(
            model_name='client',
            name='tags',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, verbose_name='tags'),
        ),
        migrations.AddField(
            model_name='client',
            name='tax_number',
            field=models.CharField(blank=True, max_length=20, verbose_name='taxpayer number'),
        ),
        migrations.AddField(
            model_name='client',
            name='website',
            field=models.CharField(blank=True, max_length=200, verbose_name='site'),
        ),
        migrations.AddField(
            model_name='contact',
            name='tags',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, verbose_name='tags'),
        ),
        migrations.AddField(
            model_name='advice',
            name='by',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='advice',
            name='contact',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='advice', to='clients.contact', verbose_name='contact'),
        ),
        migrations.AddField(
            model_name='clientevent',
            name='client',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='clients.client', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='clientevent',
            name='contact',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='clients.contact', verbose_name='contact'),
        ),
        migrations.AddField(
            model_name='membership',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='clients.client', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='membership',
            name='contact',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='clients.contact', verbose_name='contact'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='client',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='clients.client', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='contact',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='clients.contact', verbose_name='contact'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='product',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subscriptions', to='clients.product', verbose_name='product'),
        ),
        migrations.AddIndex(
            model_name='clientevent',
            index=models.Index(condition=models.Q(('contact__isnull', False)), fields=['contact', '-at'], name='event_of_contact'),
        ),
        migrations.AddIndex(
            model_name='clientevent',
            index=models.Index(condition=models.Q(('client__isnull', False)), fields=['client', '-at'], name='event_of_client'),
        ),
        migrations.AddConstraint(
            model_name='clientevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('client__isnull', False), ('contact', None)), models.Q(('client', None), ('contact__isnull', False)), _connector='OR'), name='event_has_one_holder'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('contact', 'client'), name='once_in_an_organisation', violation_error_message='The person belongs to this organisation already.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('is_main', True), ('left_at', None)), fields=('contact',), name='one_main_organisation'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('client__isnull', False), ('contact', None)), models.Q(('client', None), ('contact__isnull', False)), _connector='OR'), name='subscription_has_one_holder'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='subscription_ends_after_it_begins', violation_error_message='The last day lies before the first one.'),
        ),
        migrations.RunSQL(MEMBERS, migrations.RunSQL.noop),
    ]
