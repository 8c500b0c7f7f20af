"""A search engine outside the database."""
