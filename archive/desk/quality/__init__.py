"""The assessment of translations: errors by category and severity, a score, a report."""
