"""OpenSearch, as an app of its own."""

from django.apps import AppConfig


class OpenSearchConfig(AppConfig):
    name = "archive.contrib.opensearch"
    label = "archive_opensearch"
    verbose_name = "OpenSearch"
    default_auto_field = "django.db.models.BigAutoField"
