"""Translations as files for other tools, XLIFF and PO, and the way back."""
