"""A site with an image model of its own, which had pictures before it got the archive."""
