"""What follows when a story changes under its translation: minor changes, and corrections."""
