"""Stories of another site become stories of the archive: read, pair the two texts, store."""
