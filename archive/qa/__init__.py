"""The desk's checks of translations: values in, findings out, no database."""
