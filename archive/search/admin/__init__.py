"""The search in the newsroom's own list of stories: drafts, and what pictures lack."""
