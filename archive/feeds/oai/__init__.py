"""OAI-PMH 2.0, for libraries that harvest the archive: http://www.openarchives.org/OAI/2.0/."""
