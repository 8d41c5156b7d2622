"""Who is in training, and answers of theirs that wait for a curator; a ticket says which one waits."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0013_news_of_the_service'),
        ('conversations', '0013_index_of_letters_that_leave_later'),
        ('tickets', '0061_asks_before_one_answers_for_another'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='held_answer',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name='Traineeship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begun_at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='since')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('in_a_row', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)], verbose_name='until so many in a row are released unchanged')),
                ('within', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(2400)], verbose_name='the curator looks within, working minutes')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='over since')),
                ('why', models.CharField(blank=True, choices=[('lead', 'a lead has ended it'), ('date', 'its last day has passed'), ('row', 'so many answers in a row left unchanged'), ('left', 'the person does not work here any more')], editable=False, max_length=8, verbose_name='why it is over')),
                ('curator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainees', to=settings.AUTH_USER_MODEL, verbose_name='curator')),
                ('made_by', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='traineeships', to=settings.AUTH_USER_MODEL, verbose_name='trainee')),
            ],
            options={
                'verbose_name': 'training with release of answers',
                'verbose_name_plural': 'trainings with release of answers',
            },
        ),
        migrations.CreateModel(
            name='HeldAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='when')),
                ('until', models.DateTimeField(verbose_name='to be looked at by')),
                ('passed_at', models.DateTimeField(null=True)),
                ('seen', models.BigIntegerField(null=True)),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('form', models.JSONField(default=dict, verbose_name='what comes next')),
                ('to', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=320), default=list)),
                ('cc', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=320), blank=True, default=list)),
                ('files', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
                ('history', models.BooleanField(default=False)),
                ('sent_away', models.BooleanField(null=True)),
                ('key', models.CharField(blank=True, max_length=100)),
                ('state', models.CharField(choices=[('waiting', 'waits for release'), ('released', 'released'), ('returned', 'returned'), ('overtaken', 'overtaken')], default='waiting', max_length=12, verbose_name='state')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('words', models.TextField(blank=True, verbose_name='words of the curator')),
                ('why', models.CharField(blank=True, choices=[('client', 'the client wrote meanwhile'), ('withdrawn', 'it was withdrawn'), ('answered', 'the client got another answer'), ('turned', 'the request is not in work any more')], max_length=12, verbose_name='why it was overtaken')),
                ('left', models.TextField(blank=True, verbose_name='what the client got')),
                ('changed', models.FloatField(null=True, verbose_name='share of words changed')),
                ('step_changed', models.BooleanField(default=False)),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('message', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.message')),
                ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='held_answers', to='tickets.ticket')),
                ('via', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.channel')),
                ('traineeship', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='tickets.traineeship')),
            ],
            options={
                'verbose_name': 'answer for release',
                'verbose_name_plural': 'answers for release',
            },
        ),
        migrations.AddConstraint(
            model_name='traineeship',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person',), name='one_traineeship_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='traineeship',
            constraint=models.CheckConstraint(condition=models.Q(('person', models.F('curator')), _negated=True), name='trainee_has_another_as_curator'),
        ),
        migrations.AddConstraint(
            model_name='traineeship',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('why', '')), models.Q(('ended_at__isnull', False), models.Q(('why', ''), _negated=True)), _connector='OR'), name='ended_traineeship_says_why'),
        ),
        migrations.AddIndex(
            model_name='heldanswer',
            index=models.Index(fields=['ticket', '-id'], name='held_of_ticket'),
        ),
        migrations.AddIndex(
            model_name='heldanswer',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['until'], name='held_to_release'),
        ),
        migrations.AddIndex(
            model_name='heldanswer',
            index=models.Index(fields=['traineeship', '-id'], name='held_of_traineeship'),
        ),
        migrations.AddConstraint(
            model_name='heldanswer',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('ticket',), name='one_answer_waits_of_ticket'),
        ),
        migrations.AddConstraint(
            model_name='heldanswer',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='nobody_releases_their_own'),
        ),
        migrations.AddConstraint(
            model_name='heldanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'released'), _negated=True), models.Q(('changed__gte', 0), ('changed__lte', 1), ('decided_by__isnull', False)), _connector='OR'), name='released_answer_says_how_much_changed'),
        ),
    ]
