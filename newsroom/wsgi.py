"""The site as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.production")

application = get_wsgi_application()

# What is loaded by now stays: looking through it again and again takes a tenth of a page's time.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 10, 10)
