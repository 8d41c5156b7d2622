"""The text search configuration of the desk: Russian and English stems, ё equal to е."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

CREATE = """
create text search configuration otklik_ru (copy = pg_catalog.russian);
alter text search configuration otklik_ru
    alter mapping for hword, hword_part, word with unaccent, russian_stem;
alter text search configuration otklik_ru
    alter mapping for asciihword, hword_asciipart, asciiword with english_stem;
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CREATE, "drop text search configuration otklik_ru"),
    ]
