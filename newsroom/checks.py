"""`check --deploy` names what a server's environment leaves out, each with the remedy."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info, Warning, register


@register(deploy=True)
def check_environment(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W001, W002, I003: variables whose defaults are for no server."""
    found: list[CheckMessage] = []
    if "//127.0.0.1" in settings.WAGTAILADMIN_BASE_URL:
        message = "Links in mails and in permanent addresses lead to 127.0.0.1."
        hint = "Set WAGTAILADMIN_BASE_URL=https://your.domain in the environment."
        found.append(Warning(message, hint=hint, id="newsroom.W001"))
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        message = "Mails come from an address at localhost, which other servers refuse."
        hint = "Set DEFAULT_FROM_EMAIL, and EMAIL_URL unless this machine has a mail server."
        found.append(Warning(message, hint=hint, id="newsroom.W002"))
    if str(settings.CACHES["default"]["BACKEND"]).endswith("LocMemCache"):
        message = "Each process keeps pages of its own, and makes each page once more."
        hint = "Set CACHE_URL=redis://host:6379/0, or file:///folder for one machine."
        found.append(Info(message, hint=hint, id="newsroom.I003"))
    return found
