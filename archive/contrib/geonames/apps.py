"""GeoNames, as an app of its own."""

from django.apps import AppConfig


class GeoNamesConfig(AppConfig):
    name = "archive.contrib.geonames"
    label = "archive_geonames"
    verbose_name = "GeoNames"
    default_auto_field = "django.db.models.BigAutoField"
