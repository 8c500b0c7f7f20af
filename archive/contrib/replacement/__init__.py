"""Finding and replacing words in the translations of a story, or in all of one's own."""
