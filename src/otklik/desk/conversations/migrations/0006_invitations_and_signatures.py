import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0005_conversation_continues_in'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='protection',
            field=models.JSONField(null=True, verbose_name='signature or encryption'),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(blank=True, max_length=20)),
                ('uid', models.CharField(blank=True, max_length=500)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('events', models.JSONField(default=list)),
                ('answer', models.CharField(blank=True, choices=[('accepted', 'accepted'), ('tentative', 'perhaps'), ('declined', 'declined')], max_length=10, verbose_name='our answer')),
                ('answered_at', models.DateTimeField(null=True)),
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='invitation', to='conversations.message')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'indexes': [models.Index(condition=models.Q(('uid', ''), _negated=True), fields=['uid'], name='invitation_uid')],
            },
        ),
    ]
