"""Names and ties that a story speaks of, suggested from its text for an editor to accept."""
