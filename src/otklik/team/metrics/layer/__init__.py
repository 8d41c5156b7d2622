"""The one layer in which a metric is defined and asked for: pages, API, exports, alerts and goals all come here."""
