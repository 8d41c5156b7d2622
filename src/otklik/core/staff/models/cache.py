"""The table behind Django's cache: small things that all processes must agree on, such as codes used a moment ago."""

from django.db import models


class CacheRow(models.Model):
    """Columns as django.core.cache.backends.db.DatabaseCache expects them; nobody else touches the rows."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cache"
