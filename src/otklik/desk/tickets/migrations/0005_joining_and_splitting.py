import django.contrib.postgres.fields
import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0002_names_by_parts'),
        ('conversations', '0005_conversation_continues_in'),
        ('staff', '0002_sign_in'),
        ('tickets', '0004_ticket_may_belong_to'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Relocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merge', 'joined'), ('split', 'split off'), ('move', 'moved')], max_length=5)),
                ('message_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField())),
                ('before', models.JSONField(default=dict, editable=False)),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='when')),
                ('undone_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'relocation of messages',
                'verbose_name_plural': 'relocations of messages',
            },
        ),
        migrations.AddField(
            model_name='ticket',
            name='merged_into',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_here', to='tickets.ticket', verbose_name='joined to'),
        ),
        AddConstraintNotValid(  # the next migration validates it, without locking out writers
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), ('status', 'closed'), _connector='OR'), name='joined_ticket_is_closed'),
        ),
        migrations.AddField(
            model_name='relocation',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='relocation',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sent_away', to='tickets.ticket'),
        ),
        migrations.AddField(
            model_name='relocation',
            name='target',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_in', to='tickets.ticket'),
        ),
        migrations.AddField(
            model_name='relocation',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='relocation',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'merge'), ('undone_at', None)), fields=('source',), name='a_ticket_is_joined_to_one'),
        ),
        migrations.AddConstraint(
            model_name='relocation',
            constraint=models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='relocation_goes_elsewhere'),
        ),
    ]
