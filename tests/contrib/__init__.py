"""What belongs to the apps around the archive, a folder an app."""
