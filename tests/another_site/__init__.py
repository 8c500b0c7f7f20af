"""A site with page models of its own whose names are the archive's, too."""
