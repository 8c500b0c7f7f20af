"""Names that an editor tags in a story, marked in its translation as well."""
