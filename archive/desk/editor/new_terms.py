"""A term added to the glossary from what is selected in both texts of a segment."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive.desk.models import Translation
from archive.desk.policies import refuse, refuse_work_on
from archive.entities.terms.actions import add_term

MAY_ADD = "archive.add_glossaryterm"


@require_POST
def add_term_view(request: HttpRequest, pk: int) -> HttpResponse:
    """POST a term's columns; also while the translation is locked: it isn't changed."""
    translation: Any = Translation.objects.filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    if not request.user.has_perm(MAY_ADD):
        return refuse(_("Ask an editor of the glossary to add it."), 403)
    try:
        term = add_term(request.POST, user=request.user)
    except ValidationError as error:
        return refuse(" ".join(error.messages), 400)
    return JsonResponse({"message": _("Added to the glossary: %(term)s") % {"term": term}})
