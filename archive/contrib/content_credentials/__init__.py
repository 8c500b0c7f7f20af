"""C2PA's Content Credentials of pictures: those of originals are verified, renditions signed."""
