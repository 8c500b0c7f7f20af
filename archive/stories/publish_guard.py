"""Why a publication is refused: the guard that all of them pass, and what a story needs.

A story needs a headline, a text, a print date, a publication and whole blocks. What a
translation needs is said in `archive.desk.publish_guard`.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_latest_str
from wagtail.blocks import ListBlockValidationError, StructBlockValidationError

from archive.stories.body import Picture, picture_of
from archive.stories.unfinished import is_blank_text, unfinished
from archive.stories.unplaced import missing_texts
from archive.text.language import column
from archive.text.punctuation import joined
from archive.text.stored_messages import message as _
from archive.wagtail_admin import list_errors

logger = logging.getLogger(__name__)

SCHEDULED = "wagtail.publish.scheduled"
# So many parts of a source one message names.
_MOST_TEXTS = 5


class PublicationRefusedError(ValidationError):
    """Something that publication of `thing` asks for is missing; nothing has been written."""

    def __init__(self, error: ValidationError, thing: Any) -> None:
        super().__init__(error)
        self.thing = thing
        # Here, since the middleware doesn't know the person's language any more.
        self.title = _("Nothing was published or submitted, because of “{name}”:")


class PublishGuardMixin:
    """For a model with drafts: it is published whole or not at all.

    Forms check before they publish; approvals, bulk actions and scheduled publication don't.
    """

    def check_can_be_published(self, revision: Any, user: Any = None) -> None:
        """Raises ValidationError where saving the live object wouldn't do so itself."""

    def publish(self, revision: Any, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        try:
            with transaction.atomic():
                self.check_can_be_published(revision, user)
                return super().publish(revision, user, *args, **kwargs)  # type: ignore[misc]
        except ValidationError as error:
            if kwargs.get("log_action") != SCHEDULED:
                raise PublicationRefusedError(error, self) from error
            # The command goes on with what else is due, and tries this one again next time.
            logger.error("%s is due but can't be published: %s", self, " ".join(error.messages))
            return None


class PublicationRefusedMiddleware(MiddlewareMixin):
    """Shows a refusal as a message on the page one came from, where no form can show it."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, PublicationRefusedError):
            return None
        thing = exception.thing
        name, url = get_latest_str(thing), AdminURLFinder(request.user).get_edit_url(thing)
        name = format_html('<a href="{}">{}</a>', url, name) if url else name
        list_errors(request, format_html(exception.title, name=name), exception.messages)
        back = request.headers.get("referer", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
            back = reverse("wagtailadmin_home")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The dialog of an approval follows this address.
            return JsonResponse({"step": "success", "redirect": back})
        return redirect(back)


def story_errors(article: Any) -> dict[str, list[str]]:
    """By field: missing headline, text, print date or publication; what its blocks lack."""
    errors: dict[str, list[str]] = defaultdict(list)
    language = article.source_language
    headline, body = column("headline", language), column("body", language)
    if not (article.source("headline") or "").strip():
        errors[headline].append(_("A published story needs a headline."))
    if not article.source("body"):
        errors[body].append(_("A published story needs a text."))
    if article.print_date is None:
        errors["print_date"].append(_("Give the date on which the story was printed."))
    if article.publication_id is None:
        errors["publication"].append(_("Choose the publication that printed the story."))
    if faults := body_faults(article.source("body"), language):
        errors[body] += [told for told, _block in faults]
    written = [one for one in article.source("body") or () if not is_blank_text(one)]
    # A template's answer that nobody has written is left out when the story is saved.
    if article.kind == article.Kind.INTERVIEW and written and written[-1].block_type == "subhead":
        message = _("The interview’s last question has no answer: “%(question)s”")
        errors[body].append(message % {"question": written[-1].value})
    return dict(errors)


def unplaced_errors(story: Any) -> dict[str, list[str]]:
    """By field: words of the story's source that nobody has placed or left out.

    Asked for by everything that would publish the story: a form, an approval, a schedule, an
    import. A live story keeps them until its next publication.
    """
    missing = missing_texts(story)
    if not missing:
        return {}
    quoted = [f"“{text}”" for text in missing[:_MOST_TEXTS]]
    more = ["…"] if missing[_MOST_TEXTS:] else []
    texts = lazy(lambda: joined([*quoted, *more]), str)()
    message = _("These words are in no field and not left out: %(texts)s")
    return {"unplaced": [message % {"texts": texts}]}


def body_errors(body: Any, language: str) -> dict[int, ValidationError]:
    """By the number of the block, at its place in it: what of a body in `language` readers can't
    be shown yet. An unfinished block, a picture that lacks something."""
    if not body:
        return {}
    return picture_block_errors(body, language) | unfinished(body)


def body_faults(body: Any, language: str) -> list[tuple[str, str]]:
    """The same as sentences, each with the id of its block."""
    errors = body_errors(body, language)
    return [(told, body[n].id) for n in sorted(errors) for told in _sentences(errors[n])]


def _sentences(error: ValidationError) -> Iterator[str]:
    # As they were raised: the list of messages has them in one language.
    inner = getattr(error, "block_errors", None)
    if inner is None:
        yield from (cast("str", one.message) for one in error.error_list)
    for one in (inner or {}).values():
        yield from _sentences(one)


def _error_of(picture: Picture, language: str) -> str:
    def missing() -> str:
        labels = picture.image.missing_for_publication(
            language, credited_as=picture.credit, described_as=picture.alt_text
        )
        return _(" and no ").join(labels.values())

    if not missing():
        return ""
    only_there = picture.image.missing_for_publication(
        language, credited_as="given", described_as="given"
    )
    message = (
        _(
            "The picture “%(title)s” has no %(missing)s. Add what is missing to the picture, "
            "then publish."
        )
        if only_there
        else _(
            "The picture “%(title)s” has no %(missing)s. Write it into the story, at the picture, "
            "or add it to the picture itself; then publish."
        )
    )
    return message % {"title": picture.image.title, "missing": lazy(missing, str)()}


def picture_block_errors(body: Any, language: str) -> dict[int, ValidationError]:
    """What pictures lack, as the form shows it: at the picture itself."""
    found: dict[int, ValidationError] = {}
    for number, block in enumerate(body or []):
        if block.block_type == "image" and (error := _at_picture(block.value, language)):
            found[number] = error
        if block.block_type == "gallery":
            errors = {
                at: error
                for at, struct in enumerate(block.value["pictures"])
                if (error := _at_picture(struct, language))
            }
            if errors:
                listed = ListBlockValidationError(block_errors=errors)
                found[number] = StructBlockValidationError({"pictures": listed})
    return found


def _at_picture(struct: Any, language: str) -> ValidationError | None:
    picture = picture_of(struct)
    message = _error_of(picture, language) if picture else ""
    if not message:
        return None
    return StructBlockValidationError({"image": ValidationError(message)})
