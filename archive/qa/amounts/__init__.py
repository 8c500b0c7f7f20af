"""Numbers, dates, percentages, money and measures: read from a text, compared by value."""
