"""Import in Wagtail's admin: batches, the review of a story, profiles of sources."""
