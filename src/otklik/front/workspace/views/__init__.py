"""Pages and their parts; the verbs that change something are in `acts`."""
