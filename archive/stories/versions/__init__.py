"""Two versions of a story side by side, by paragraph; a paragraph of the one restored."""
