"""Apps around the archive: a site has those that are in its INSTALLED_APPS."""
