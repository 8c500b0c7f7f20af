"""What follows when a story or a translation is published, taken back, moved or deleted."""
