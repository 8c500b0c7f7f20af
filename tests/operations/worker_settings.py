"""The tests' site with a table of tasks, for workers."""

from newsroom.settings.test import *  # noqa: F403
from newsroom.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_tasks_db"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
