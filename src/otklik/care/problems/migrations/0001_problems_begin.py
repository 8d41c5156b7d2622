"""Problems, their requests, what is not of them, and candidates that nobody has named yet."""

import django.core.validators
import django.db.models.deletion
import otklik.care.problems.models.leading
import otklik.care.problems.models.linking
import otklik.core.journal.clock
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clients', '0023_confirmed_facts'),
        ('tickets', '0058_hours_that_hung'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Problem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='What comes again and again')),
                ('notices', models.TextField(max_length=4000, verbose_name='What clients notice')),
                ('workaround', models.TextField(blank=True, max_length=4000, verbose_name='What helps meanwhile')),
                ('cause', models.TextField(blank=True, max_length=4000, verbose_name='Cause')),
                ('begun_at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='Since')),
                ('state', models.CharField(choices=[('looked', 'looked into'), ('known', 'known error'), ('removing', 'being removed'), ('removed', 'removed'), ('lived', 'lived with')], default='looked', max_length=10, verbose_name='State')),
                ('wake_on', models.DateField(null=True, verbose_name='Looked at again')),
                ('woken', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('article', models.BigIntegerField(blank=True, null=True, verbose_name='Article')),
                ('article_name', models.CharField(blank=True, max_length=200)),
                ('fix_cost', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='Price of the removal')),
                ('effect', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='Share of the requests that it ends, %')),
                ('reason', models.TextField(blank=True, max_length=4000, verbose_name='Why we live with it')),
                ('result', models.TextField(blank=True, max_length=4000, verbose_name='What was done')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='Removed')),
                ('checked_at', models.DateTimeField(null=True, verbose_name='Looked at what came of it')),
                ('checked', models.TextField(blank=True, max_length=4000, verbose_name='What came of it')),
                ('key', models.CharField(editable=False, max_length=40, null=True, unique=True)),
                ('edition', models.PositiveIntegerField(default=1, editable=False)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Who decided')),
                ('owner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Owner')),
                ('product', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.product', verbose_name='Product')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tickets.topic', verbose_name='Topic')),
            ],
            options={
                'verbose_name': 'problem',
                'verbose_name_plural': 'problems',
            },
            bases=(otklik.care.problems.models.leading.Leading, otklik.care.problems.models.linking.Linking, models.Model),
        ),
        migrations.CreateModel(
            name='Linked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='linked')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('ticket', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.ticket')),
                ('problem', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='linked', to='problems.problem')),
            ],
            options={
                'verbose_name': 'request of a problem',
                'verbose_name_plural': 'requests of problems',
            },
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found', models.CharField(choices=[('group', 'the same topic, product or article'), ('words', 'similar words'), ('spike', 'more than usual within an hour')], max_length=8, verbose_name='found by')),
                ('key', models.CharField(max_length=80)),
                ('article', models.BigIntegerField(null=True, verbose_name='article')),
                ('article_name', models.CharField(blank=True, max_length=200)),
                ('count', models.PositiveIntegerField(default=0, verbose_name='requests')),
                ('clients', models.PositiveIntegerField(default=0, verbose_name='clients')),
                ('hour', models.DateTimeField(null=True, verbose_name='hour')),
                ('usual', models.FloatField(null=True, verbose_name='usually')),
                ('chance', models.FloatField(null=True, verbose_name='by chance')),
                ('found_at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='found')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='why it is none')),
                ('refused_until', models.DateField(null=True, verbose_name='not proposed until')),
                ('gone_at', models.DateTimeField(null=True, verbose_name='gone')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('product', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clients.product', verbose_name='product')),
                ('tickets', models.ManyToManyField(related_name='+', to='tickets.ticket', verbose_name='requests')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.topic', verbose_name='topic')),
                ('problem', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='candidates', to='problems.problem', verbose_name='problem')),
            ],
            options={
                'verbose_name': 'candidate of a problem',
                'verbose_name_plural': 'candidates of problems',
            },
        ),
        migrations.CreateModel(
            name='Unlinked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name='unlinked')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unlinked', to='problems.problem')),
                ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.ticket')),
            ],
            options={
                'verbose_name': 'request that is not of a problem',
                'verbose_name_plural': 'requests that are not of a problem',
            },
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(condition=models.Q(('wake_on__isnull', False)), fields=['wake_on'], name='problem_wakes'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(condition=models.Q(('wake_on__isnull', False)), fields=['owner', 'wake_on'], name='problem_of_owner'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(condition=models.Q(('wake_on', None)), fields=['-checked_at', '-id'], name='problem_over'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_at', None), ('wake_on__isnull', False)), models.Q(('checked_at__isnull', False), ('state', 'removed'), ('wake_on', None)), _connector='OR'), name='problem_wakes_until_it_is_over'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', False), ('state', 'removed'), models.Q(('result', ''), _negated=True)), models.Q(models.Q(('state', 'removed'), _negated=True), ('removed_at', None)), _connector='OR'), name='problem_removed_says_how'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'lived'), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='problem_lived_with_by_a_decision'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'known'), _negated=True), models.Q(('cause', ''), _negated=True), _connector='OR'), name='known_error_has_a_cause'),
        ),
        migrations.AddIndex(
            model_name='linked',
            index=models.Index(fields=['problem', '-ticket'], name='linked_in_order'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.UniqueConstraint(condition=models.Q(('problem', None), ('refused_until', None)), fields=('found', 'key'), name='candidate_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('refused_until', None), ('why', '')), models.Q(('refused_until__isnull', False), models.Q(('why', ''), _negated=True)), _connector='OR'), name='candidate_refused_says_why'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('found', 'spike'), _negated=True), models.Q(('chance__isnull', False), ('hour__isnull', False), ('usual__isnull', False)), _connector='OR'), name='candidate_spike_is_measured'),
        ),
        migrations.AddConstraint(
            model_name='unlinked',
            constraint=models.UniqueConstraint(fields=('ticket', 'problem'), name='unlinked_once'),
        ),
    ]
