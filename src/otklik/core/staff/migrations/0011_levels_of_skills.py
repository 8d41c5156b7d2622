"""A skill of a person has a level, and a line says which levels it needs.

The table of who has which skill is the same as before, with two more columns: whoever had a skill was given work that
needs it, so they count as good at it alone until somebody says better.
"""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LEVELS = [(0, 'none'), (1, 'with help'), (2, 'alone'), (3, 'hard cases'), (4, 'teaches it')]


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0010_stretches_of_work'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Ability',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='abilities', to='staff.skill', verbose_name='skill')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='abilities', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                    ],
                    options={
                        'verbose_name': 'skill of a person',
                        'verbose_name_plural': 'skills of people',
                        'db_table': 'staff_user_skills',
                        'unique_together': {('user', 'skill')},
                    },
                ),
                migrations.AlterField(
                    model_name='user',
                    name='skills',
                    field=models.ManyToManyField(blank=True, related_name='people', through='staff.Ability', to='staff.skill', verbose_name='skills'),
                ),
            ],
        ),
        migrations.AddField(
            model_name='ability',
            name='level',
            field=models.PositiveSmallIntegerField(choices=LEVELS, db_default=2, default=2, verbose_name='level'),
        ),
        migrations.AddField(
            model_name='ability',
            name='confirmed_on',
            field=models.DateField(null=True, verbose_name='confirmed'),
        ),
        migrations.AddConstraint(
            model_name='ability',
            constraint=models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 4)), name='ability_is_a_level'),
        ),
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(choices=LEVELS, default=2, verbose_name='level')),
                ('people', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name='people')),
                ('weight', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9)], verbose_name='weight')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='staff.skill', verbose_name='skill')),
                ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='staff.team', verbose_name='line')),
            ],
            options={
                'verbose_name': 'skill that a line needs',
                'verbose_name_plural': 'skills that lines need',
                'constraints': [models.UniqueConstraint(fields=('team', 'skill'), name='skill_of_a_line_once'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 4)), name='requirement_is_a_level'), models.CheckConstraint(condition=models.Q(('people__gte', 1), ('weight__gte', 1)), name='requirement_asks_for_people')],
            },
        ),
    ]
