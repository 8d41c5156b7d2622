"""The one text of a card becomes its first note; going back, all notes that stand are one text again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import otklik.core.journal.clock

FORWARD = """
INSERT INTO clients_cardnote ({of}_id, text, by_id, at, pinned_at)
SELECT h.id, h.note, e.actor_id, coalesce(e.at, h.created_at), coalesce(e.at, h.created_at)
FROM clients_{of} h
LEFT JOIN LATERAL (
    SELECT actor_id, at FROM journal_entry
    WHERE about = '{of}' AND about_id = h.id AND kind = 'clients.{news}' AND data->>'field' = 'note'
    ORDER BY id DESC LIMIT 1
) e ON true
WHERE h.note <> ''
"""
"""Who wrote it and when is told by the journal; of what came with a table nobody knows."""
BACK = """
UPDATE clients_{of} h SET note = n.text
FROM (
    SELECT {of}_id, string_agg(text, E'\\n\\n' ORDER BY pinned_at DESC NULLS LAST, id DESC) AS text
    FROM clients_cardnote WHERE {of}_id IS NOT NULL AND archived_at IS NULL GROUP BY {of}_id
) n
WHERE n.{of}_id = h.id
"""
HOLDERS = (("contact", "ContactChanged"), ("client", "ClientChanged"))


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0024_caps_by_kind_role_and_share'),
        ('journal', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CardNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=4000, verbose_name='note of a card')),
                ('at', models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('pinned_at', models.DateTimeField(editable=False, null=True)),
                ('archived_at', models.DateTimeField(editable=False, null=True)),
                ('archived_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('client', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='clients.client', verbose_name='organisation')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='clients.contact', verbose_name='contact')),
            ],
            options={
                'verbose_name': 'note of a card',
                'verbose_name_plural': 'notes of cards',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('client__isnull', False), ('contact', None)), models.Q(('client', None), ('contact__isnull', False)), _connector='OR'), name='card_note_has_one_holder'), models.CheckConstraint(condition=models.Q(('archived_at', None), ('pinned_at', None), _connector='OR'), name='archived_note_is_not_pinned')],
            },
        ),
        *(
            migrations.RunSQL(FORWARD.format(of=of, news=news), BACK.format(of=of))
            for of, news in HOLDERS
        ),
    ]
