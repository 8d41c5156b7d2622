from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('metrics', '0003_improvements'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reading',
            name='measure',
            field=models.PositiveSmallIntegerField(choices=[(1, 'a request came'), (2, 'first answer, working time'), (3, 'first answer, by the calendar'), (4, 'next answer, working time'), (5, 'solution, working time'), (6, 'solution, by the calendar'), (7, 'time in which it was our move'), (8, 'a request ended'), (9, 'a solution or refusal, and whether it held'), (10, 'a line through which a request went'), (11, 'changes of line or person'), (12, 'a commitment that was met or missed'), (13, 'a promised date'), (14, "a client's mark"), (15, 'whether a client recommends us, 0 to 10'), (16, 'whether it was easy, 1 to 7'), (17, "areas of our work in one person's eyes, index 0 to 100"), (18, 'a survey that was sent, and whether it was answered'), (19, 'a dissatisfied client, and whether somebody talked to them in time')]),
        ),
    ]
