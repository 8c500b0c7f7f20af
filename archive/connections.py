"""What is connected once every app is there: system checks, signals, readers' views, forms."""

from archive import checks, signals
from archive.site import page_views
from archive.stories.admin_forms import bind_forms

__all__ = ["checks", "connect"]


def connect() -> None:
    signals.connect()
    page_views.register()
    bind_forms()
