"""Saved web pages and feeds, among the formats that an import reads."""
