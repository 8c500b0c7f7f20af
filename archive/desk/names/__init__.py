"""Names at the translator's side: what a segment names, and what to write for it."""
