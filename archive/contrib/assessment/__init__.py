"""What translators' work is worth: marked errors and a score; statistics, and time."""
