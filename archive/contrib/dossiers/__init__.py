"""Dossiers: what an editor puts together, as a page, as one text, as a feed and as a book."""
