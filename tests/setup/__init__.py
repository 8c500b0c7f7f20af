"""Setting the archive up in a site."""
