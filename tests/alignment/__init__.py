"""The aligner of texts in both languages."""
