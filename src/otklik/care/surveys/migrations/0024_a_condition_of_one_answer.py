from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0023_marks_on_every_scale'),
    ]

    operations = [
        migrations.AlterField(
            model_name='question',
            name='how',
            field=models.CharField(choices=[('most', 'is at most'), ('least', 'is at least'), ('is', 'is exactly')], default='most', max_length=5, verbose_name='how'),
        ),
    ]
