"""The guides for people at the desk, inside the admin, in the language of the interface."""
