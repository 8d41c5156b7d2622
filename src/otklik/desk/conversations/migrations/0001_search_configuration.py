"""The text search configuration of the desk: Russian and English stems, ё equal to е."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

CREATE = """
do $$ begin
    if not exists (select from pg_ts_config where cfgname = 'otklik_ru') then
        create text search configuration otklik_ru (copy = pg_catalog.russian);
        alter text search configuration otklik_ru
            alter mapping for hword, hword_part, word with unaccent, russian_stem;
    end if;
end $$
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CREATE, "drop text search configuration otklik_ru"),
    ]
