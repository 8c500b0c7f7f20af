"""The same report in several papers: found within and across languages, kept, decided."""
