"""Who may open and change what: every address, every role, and what nobody else may read."""
