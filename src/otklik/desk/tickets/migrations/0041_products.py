"""Products, and which of them a request and a topic are about; no row is rewritten."""

import django.db.models.deletion
import django.db.models.functions.text
import otklik.core.journal.clock
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('tickets', '0040_visits'),
    ]

    operations = [
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('created_at', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
            ],
            options={
                'verbose_name': 'product',
                'verbose_name_plural': 'products',
                'ordering': ('name', 'id'),
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='one_product_of_a_name', violation_error_message='There is a product of this name already.')],
            },
        ),
        migrations.AddField(
            model_name='ticket',
            name='product',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tickets.product', verbose_name='product'),
        ),
        migrations.AddField(
            model_name='topic',
            name='product',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='topics', to='tickets.product', verbose_name='product'),
        ),
    ]
