"""A token is asked for as a whole, never by its beginning: every letter wrote a second index that nobody reads."""

from django.db import migrations

DROP = "DROP INDEX IF EXISTS conversations_conversation_token_dcf17ad7_like"
BACK = """
CREATE INDEX conversations_conversation_token_dcf17ad7_like ON conversations_conversation (token varchar_pattern_ops)
"""


class Migration(migrations.Migration):
    dependencies = [("conversations", "0010_words_with_their_age")]

    operations = [migrations.RunSQL(DROP, BACK)]
