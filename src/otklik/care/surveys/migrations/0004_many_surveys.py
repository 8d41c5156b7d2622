import django.core.validators
import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0019_texts_of_consents'),
        ('staff', '0009_orders_of_lists'),
        ('surveys', '0003_wishes_are_consents'),
        ('tickets', '0057_orders_of_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(null=True, verbose_name='answer')),
                ('words', models.TextField(blank=True, verbose_name='in their words')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='when')),
            ],
            options={
                'verbose_name': 'answer to a survey',
                'verbose_name_plural': 'answers to surveys',
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(verbose_name='answer')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('due_at', models.DateTimeField(verbose_name='until')),
                ('late_at', models.DateTimeField(null=True, verbose_name='found late')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
            ],
            options={
                'verbose_name': 'talk with a dissatisfied client',
                'verbose_name_plural': 'talks with dissatisfied clients',
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('csat5', 'satisfaction, five faces'), ('csat0_5', 'satisfaction, 0 to 5'), ('ces7', 'effort, agreement 1 to 7'), ('nps', 'recommendation, 0 to 10'), ('area5', 'an area of our work, 1 to 5'), ('area10', 'an area of our work, 1 to 10'), ('choice', 'one of several answers'), ('text', 'own words')], max_length=8, verbose_name='kind of answer')),
                ('words_ru', models.CharField(blank=True, max_length=300, verbose_name='question in Russian')),
                ('words_en', models.CharField(blank=True, max_length=300, verbose_name='question in English')),
                ('choices', models.JSONField(blank=True, default=list, verbose_name='answers to choose from')),
                ('weight', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='importance')),
                ('how', models.CharField(choices=[('most', 'is at most'), ('least', 'is at least')], default='most', max_length=5, verbose_name='how')),
                ('bound', models.PositiveSmallIntegerField(default=0, verbose_name='bound')),
            ],
            options={
                'verbose_name': 'question of a survey',
                'verbose_name_plural': 'questions of surveys',
                'ordering': ('position', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('occasion', models.CharField(choices=[('resolved', 'after a solution'), ('relationship', 'from time to time, a part of the clients each month'), ('event', 'when a program asks for it'), ('link', 'by an open link or QR code')], default='resolved', max_length=12, verbose_name='occasion')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('running', 'running'), ('ended', 'ended')], default='draft', max_length=8, verbose_name='state')),
                ('delay_minutes', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(4320)], verbose_name='waits, minutes')),
                ('share', models.PositiveSmallIntegerField(default=100, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='share asked, %')),
                ('every_months', models.PositiveSmallIntegerField(default=6, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(24)], verbose_name='one client once in, months')),
                ('follow_up', models.BooleanField(default=True, verbose_name='call whoever is dissatisfied')),
                ('follow_up_hours', models.PositiveSmallIntegerField(default=8, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)], verbose_name='within working hours')),
                ('guidance', models.TextField(blank=True, max_length=1000, verbose_name='guidance')),
                ('reason_for_more', models.CharField(blank=True, max_length=300, verbose_name='why more than five questions')),
                ('link', models.CharField(editable=False, max_length=32, null=True, unique=True)),
                ('created_at', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
                ('began_at', models.DateTimeField(editable=False, null=True, verbose_name='started')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='ended')),
            ],
            options={
                'verbose_name': 'survey',
                'verbose_name_plural': 'surveys',
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('frozen_at', models.DateTimeField(null=True, verbose_name='asked since')),
            ],
            options={
                'verbose_name': 'version of a survey',
                'verbose_name_plural': 'versions of surveys',
            },
        ),
        migrations.RemoveConstraint(
            model_name='invitation',
            name='one_waiting_invitation',
        ),
        migrations.AddField(
            model_name='invitation',
            name='finished_at',
            field=models.DateTimeField(null=True, verbose_name='answered in full'),
        ),
        migrations.AddField(
            model_name="invitation",
            name="letter",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='invitation',
            name='source',
            field=models.CharField(choices=[('letter', 'by letter'), ('link', 'by an open link, not invited')], db_default='letter', default='letter', max_length=8),
        ),
        migrations.AddField(
            model_name='invitation',
            name='why_not',
            field=models.CharField(blank=True, db_default='', default='', max_length=16, verbose_name='why it was not sent'),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='contact',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.contact'),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='team',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.team', verbose_name='line'),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='ticket',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='tickets.ticket'),
        ),
        migrations.AddField(
            model_name='answer',
            name='invitation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='surveys.invitation'),
        ),
        migrations.AddField(
            model_name='followup',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by'),
        ),
        migrations.AddField(
            model_name='followup',
            name='invitation',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='follow_up', to='surveys.invitation'),
        ),
        migrations.AddField(
            model_name='followup',
            name='owner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who calls'),
        ),
        migrations.AddField(
            model_name='followup',
            name='task',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.task'),
        ),
        migrations.AddField(
            model_name='followup',
            name='team',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.team', verbose_name='line'),
        ),
        migrations.AddField(
            model_name='question',
            name='follows',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='surveys.question', verbose_name='asked when the answer to'),
        ),
        migrations.AddField(
            model_name='answer',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='surveys.question'),
        ),
        migrations.AddField(
            model_name='survey',
            name='brand',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='staff.brand', verbose_name='brand'),
        ),
        migrations.AddField(
            model_name='survey',
            name='team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.team', verbose_name='line'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='survey',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='surveys.survey'),
        ),
        migrations.AddField(
            model_name='version',
            name='survey',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='surveys.survey', verbose_name='survey'),
        ),
        migrations.AddField(
            model_name='question',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='surveys.version'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='version',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='surveys.version'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('sent_at', None)), fields=('ticket', 'survey'), name='one_waiting_of_a_survey'),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(condition=models.Q(('closed_at', None), ('late_at', None)), fields=['due_at'], name='follow_up_due'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['question', 'value'], name='answer_counts'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('invitation', 'question'), name='one_answer_to_a_question'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.UniqueConstraint(condition=models.Q(('occasion', 'resolved'), ('state', 'running')), fields=('occasion',), name='one_survey_asks_about_answers'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('survey', 'number'), name='one_version_of_a_number'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(condition=models.Q(('frozen_at', None)), fields=('survey',), name='one_draft_of_a_survey'),
        ),
    ]
