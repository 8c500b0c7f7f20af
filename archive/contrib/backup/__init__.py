"""The whole site into a folder, and out of it: database and files, of SQLite or PostgreSQL."""
