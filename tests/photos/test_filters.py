"""Pictures that keep stories from being published: in their list, and on the dashboard."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import make_image

pytestmark = pytest.mark.django_db
LIST = "/admin/images/"
WHOLE = {"credit": "Li Ming", "rights": "© China Daily"}


@pytest.fixture
def _pictures() -> None:
    make_image(title="Whole", **WHOLE)
    make_image(title="No credit", **{**WHOLE, "credit": ""})
    make_image(title="No rights", **{**WHOLE, "rights": ""})
    make_image(title="No Chinese", **WHOLE, alt_text_zh_hans="")


@pytest.mark.usefixtures("_pictures")
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("missing=any", {"No credit", "No rights", "No Chinese"}),
        ("missing=credit", {"No credit"}),
        ("missing=rights", {"No rights"}),
        ("missing=alt_text", {"No Chinese"}),
        ("missing=any&q=Chinese", {"No Chinese"}),
        ("", {"Whole", "No credit", "No rights", "No Chinese"}),
    ],
)
def test_pictures_are_filtered_by_what_they_lack(
    admin_client: Client, query: str, titles: set[str]
) -> None:
    found = admin_client.get(f"{LIST}?{query}").context["object_list"]
    assert {one.title for one in found} == titles


@pytest.mark.usefixtures("_pictures")
def test_the_dashboard_counts_them_and_leads_to_them(admin_client: Client) -> None:
    page = BeautifulSoup(admin_client.get("/admin/").content, "html.parser")
    link = page.select_one(f"a[href='{LIST}?missing=any']")
    assert link is not None
    assert link.get_text().startswith("3 pictures lack")
