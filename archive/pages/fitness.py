"""Publishes whole or not at all: what is unfit for readers says why, on whichever way it came."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

logger = logging.getLogger(__name__)

SCHEDULED = "wagtail.publish.scheduled"


class UnfitForReadersError(ValidationError):
    """Something that publication asks for is missing; nothing has been written."""


class PublishWholeMixin:
    """For a model with drafts. Forms check before they publish; approvals, bulk actions and the
    timer don't."""

    def check_fitness(self, revision: Any) -> None:
        """Raises ValidationError where saving the live object wouldn't do so itself."""

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            with transaction.atomic():
                self.check_fitness(revision)
                return super().publish(revision, *args, **kwargs)  # type: ignore[misc]
        except ValidationError as error:
            if kwargs.get("log_action") != SCHEDULED:
                raise UnfitForReadersError(error) from error
            # The timer goes on with what else is due, and tries this one again next time.
            logger.error("%s is due but can't be published: %s", self, " ".join(error.messages))
            return None


class SayWhatIsMissing:
    """Middleware: where no form can show it, the refusal is a message on the page one came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, UnfitForReadersError):
            return None
        messages.error(request, " ".join(exception.messages))
        back = request.headers.get("referer", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
            back = reverse("wagtailadmin_home")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The dialog of an approval follows this address.
            return JsonResponse({"step": "success", "redirect": back})
        return redirect(back)
