"""The neighbour as a WSGI application."""

import gc

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

# As newsroom/wsgi.py does, so that both sites have the same.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 10, 10)
