"""What stands beside the segment that a translator works on; each room brings its own part."""
