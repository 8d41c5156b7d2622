import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('journal', '0007_notice_kinds'),
        ('staff', '0006_absence_and_availability'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonChoice',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='notice_choice', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('routes', models.JSONField(blank=True, default=dict)),
                ('digest', models.CharField(choices=[('off', 'never'), ('morning', 'each morning, when the shift begins'), ('hourly', 'every hour while I am away')], default='morning', max_length=8, verbose_name='letter')),
                ('bare', models.BooleanField(default=False, verbose_name='no content in browser notices')),
            ],
            options={
                'verbose_name': 'choice of routes',
                'verbose_name_plural': 'choices of routes',
            },
        ),
        migrations.CreateModel(
            name='Browser',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(editable=False, max_length=64, unique=True)),
                ('endpoint', models.CharField(max_length=2000)),
                ('key', models.CharField(max_length=100)),
                ('secret', models.CharField(max_length=40)),
                ('session', models.CharField(max_length=40)),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='browser')),
                ('allowed_at', models.DateTimeField(default=otklik.core.journal.clock.now)),
                ('heard_at', models.DateTimeField(default=otklik.core.journal.clock.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='browsers', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'browser',
                'verbose_name_plural': 'browsers',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now)),
                ('browser', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='notices.browser')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='journal.notice')),
            ],
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.DateTimeField(verbose_name='for when')),
                ('notices', models.PositiveIntegerField(verbose_name='how many notices')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'letter with notices',
                'verbose_name_plural': 'letters with notices',
            },
        ),
        migrations.CreateModel(
            name='LineChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('routes', models.JSONField(blank=True, default=dict)),
                ('team', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='staff.team', verbose_name='line')),
            ],
            options={
                'verbose_name': 'choice of a line',
                'verbose_name_plural': 'choices of lines',
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.TextField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_signature_of_the_desk')],
            },
        ),
        migrations.AddIndex(
            model_name='browser',
            index=models.Index(fields=['session'], name='browser_of_session'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('notice', 'browser'), name='told_a_browser_once'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(fields=('person', 'slot'), name='one_letter_for_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='linechoice',
            constraint=models.UniqueConstraint(fields=('team',), name='one_choice_of_the_department', nulls_distinct=False),
        ),
    ]
