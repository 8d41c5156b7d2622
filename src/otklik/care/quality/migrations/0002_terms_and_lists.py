import django.core.validators
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quality', '0001_reviews_begin'),
        ('staff', '0009_orders_of_lists'),
        ('tickets', '0057_orders_of_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReviewPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review_days', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='reviewed within, business days')),
                ('dispute_days', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9)], verbose_name='accepted or disputed within, business days')),
                ('decide_days', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9)], verbose_name='a dispute decided within, business days')),
                ('step_days', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='a critical error talked about within, business days')),
            ],
            options={
                'verbose_name': 'terms of reviews',
                'verbose_name_plural': 'terms of reviews',
            },
        ),
        migrations.RemoveIndex(
            model_name='review',
            name='review_of_person',
        ),
        migrations.RemoveIndex(
            model_name='review',
            name='review_by',
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['agent', '-id'], name='review_of_person'),
        ),
        migrations.AlterConstraint(
            model_name='scorecard',
            name='one_scorecard_of_a_channel',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('channel',), name='one_scorecard_of_a_channel'),
        ),
        migrations.AddConstraint(
            model_name='reviewpolicy',
            constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_review_policy'),
        ),
        migrations.AddConstraint(
            model_name='reviewpolicy',
            constraint=models.CheckConstraint(condition=models.Q(('dispute_days__lte', django.db.models.expressions.CombinedExpression(models.Value(10), '-', models.F('decide_days')))), name='dispute_is_over_in_time', violation_error_message='To dispute and to decide take ten business days together at most: figures of disputes wait for two weeks.'),
        ),
    ]
