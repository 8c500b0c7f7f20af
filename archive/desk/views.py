"""The desk's views beside Wagtail's own."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from archive.desk.actions import open_translation
from archive.desk.policies import policy
from archive.pages.models import ArticlePage


def open_translation_of(request: HttpRequest, page_id: int) -> HttpResponse:
    """From a story to its translation's form; 404 for an alias, which follows its original."""
    if not policy.user_has_permission(request.user, "change"):
        raise PermissionDenied
    article = get_object_or_404(ArticlePage, pk=page_id)
    if not policy.user_may(request.user, "change", article.target_language):
        raise PermissionDenied
    translation = open_translation(article)
    if translation is None:
        raise Http404
    return redirect(translation.get_edit_url())
