"""Translations as files, for other tools and for reviewers, and the way back."""
