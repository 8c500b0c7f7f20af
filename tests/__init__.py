"""The test suite; mirrors the rooms of the archive."""
