"""What pages are made of, and when that changed: kept pages, ETags, purging."""
