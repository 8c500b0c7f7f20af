"""A usual Wagtail site with the same story, as neighbours to measure against would build it."""
