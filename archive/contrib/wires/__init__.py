"""The wire formats of news agencies, read as an import's files."""
