"""The report of probable doubles: each leads to the comparison, or is dismissed for good."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from archive.desk.identity.views import MAY_MERGE, IdentityView
from archive.entities.doubles import bring_back, dismiss, find_doubles
from archive.entities.models import Double, Entity

MAY_CHANGE = "archive.change_entity"
_PER_PAGE = 50
# A request finds doubles among this many names; more are left to the command.
MOST_IN_A_REQUEST = 20_000


class DoublesView(IdentityView):
    """The pairs, the likeliest first; a POST dismisses one, brings one back, or looks anew."""

    template_name = "archive/admin/identity/doubles.html"
    page_title = gettext_lazy("Probable doubles")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(MAY_CHANGE):
            raise PermissionDenied
        return super(IdentityView, self).dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        dismissed = request.GET.get("dismissed") == "1"
        rows = Double.objects.filter(dismissed_at__isnull=not dismissed)
        rows = rows.select_related("one", "two", "dismissed_by").order_by("-score", "pk")
        return self.show(
            page=Paginator(rows, _PER_PAGE).get_page(request.GET.get("p")),
            dismissed=dismissed,
            may_merge=request.user.has_perm(MAY_MERGE),
            may_look=Entity.objects.count() <= MOST_IN_A_REQUEST,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "look" in request.POST:
            return self._look()
        row = request.POST.get("double", "")[:18]
        double = get_object_or_404(
            Double.objects.select_related("one", "two"), pk=row if row.isdecimal() else 0
        )
        back = "bring_back" in request.POST
        (bring_back if back else dismiss)(double, user=request.user)
        told = (
            _("“%(one)s” and “%(two)s” will be asked about again.")
            if back
            else _("“%(one)s” and “%(two)s” are not the same: you won’t be asked about them again.")
        )
        messages.success(request, told % {"one": double.one, "two": double.two})
        return redirect(f"{reverse('archive_identity:doubles')}{'?dismissed=1' if back else ''}")

    def _look(self) -> HttpResponse:
        if Entity.objects.count() > MOST_IN_A_REQUEST:
            command = _("There are too many names for this: have find_doubles run on the server.")
            messages.error(self.request, command)
        else:
            found = find_doubles()
            said = _("%(pairs)s pairs, %(new)s of them new; %(gone)s are no longer alike.")
            messages.success(self.request, said % vars(found))
        return redirect("archive_identity:doubles")
