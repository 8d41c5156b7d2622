"""A request owes the call-backs of those that were joined to it, and a call knows the note in which it is told."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0003_drafts_of_results'),
        ('conversations', '0011_no_second_index_of_tokens'),
        ('tickets', '0057_orders_of_lists'),
    ]

    operations = [
        migrations.AddField(
            model_name='call',
            name='note',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.message', verbose_name='what was written'),
        ),
        migrations.AlterField(
            model_name='callback',
            name='ticket',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='call_backs', to='tickets.ticket', verbose_name='request'),
        ),
    ]
