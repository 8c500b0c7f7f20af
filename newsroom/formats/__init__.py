"""How dates are written in the admin, by language: Django’s FORMAT_MODULE_PATH."""
