"""Citations of stories: for reference managers as BibTeX, RIS and CSL-JSON, and in words."""
