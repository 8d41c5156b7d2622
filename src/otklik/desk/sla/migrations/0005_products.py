"""A class may be promised for a product."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# A version of before knows no such holder, and an agreement without one breaks its rule.
UNKNOWN = "SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM sla_agreement WHERE product_id IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [
        ('channels', '0009_fate_of_each_recipient'),
        ('clients', '0004_who_vouches_for_addresses'),
        ('sla', '0004_index_of_recounts'),
        ('tickets', '0041_products'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='agreement',
            name='agreement_has_one_holder',
        ),
        migrations.AddField(
            model_name='agreement',
            name='product',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='tickets.product', verbose_name='product'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', None), ('client', None), ('contact__isnull', False), ('product', None)), models.Q(('channel', None), ('client__isnull', False), ('contact', None), ('product', None)), models.Q(('channel__isnull', False), ('client', None), ('contact', None), ('product', None)), models.Q(('channel', None), ('client', None), ('contact', None), ('product__isnull', False)), _connector='OR'), name='agreement_has_one_holder'),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, UNKNOWN),
    ]
