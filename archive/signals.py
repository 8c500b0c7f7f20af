"""Connects signals to the rooms' actions: wiring only."""


def connect() -> None:
    """Called once, when the app is ready."""
    from archive.desk import signals as desk_signals
    from archive.entities.glossary import termbase
    from archive.feeds import signals as feed_signals
    from archive.pages import signals as page_signals
    from archive.pages.caching import signals as caching_signals
    from archive.pages.related import signals as related_signals
    from archive.search import signals as search_signals
    from archive.ties import caching as tie_caching
    from archive.ties import joining as tie_joining
    from archive.ties import related as tie_signals

    # Ties first: what stories are related by stands on them.
    tie_joining.connect()
    page_signals.connect()
    caching_signals.connect()
    related_signals.connect()
    tie_signals.connect()
    tie_caching.connect()
    desk_signals.connect()
    termbase.connect()
    search_signals.connect()
    feed_signals.connect()
