"""All public stories for programs that take them at once: by OAI-PMH, and as a nightly dump."""
