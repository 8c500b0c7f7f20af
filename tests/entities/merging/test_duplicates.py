"""The table of possible duplicates, its command, and its screen."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from archive.entities.merging.duplicates import dismiss, find_doubles
from archive.models import Double
from archive.text.language import ENGLISH
from tests.factories import make_entity, make_names_editor, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return make_entity(), make_entity("zhan-jiang", "Zhan Jiang", "")


def test_finds_names_that_are_alike_in_either_language_and_in_other_forms():
    make_entity()
    make_entity("zhan-jiang", "Zhan Jiang", "")
    make_entity("tsamkong", "Tsamkong", "", aliases={"Zhanjiang": ENGLISH})
    find_doubles()
    found = Double.objects.values_list("one__key", "two__key", "reason")
    assert set(found) == {
        ("zhanjiang", "zhan-jiang", "same_name"),
        ("zhanjiang", "tsamkong", "same_name"),
        ("zhan-jiang", "tsamkong", "same_name"),
    }


def test_the_same_id_is_enough_and_another_id_is_a_no():
    make_entity("a", "Alpha Town", "", wikidata_id="Q1")
    make_entity("b", "Beta Ville", "", wikidata_id="Q1")
    make_entity("c", "Alpha Town", "", wikidata_id="Q2")
    find_doubles()
    assert Double.objects.values_list("one__key", "two__key", "reason").get() == (
        "a",
        "b",
        "wikidata",
    )


def test_what_was_dismissed_stays_so_and_what_was_mended_goes(pair, capsys):
    find_doubles()
    dismiss(Double.objects.get(), user=make_user("chief"))
    call_command("find_doubles")
    assert Double.objects.get().dismissed_at is not None
    make_entity("zhanjiangg", "Zhanjiangg", "")
    assert find_doubles().new == 2
    pair[1].delete()
    assert "1 pair, 0 new" in str(call_command("find_doubles") or capsys.readouterr().out)


def test_the_report_dismisses_for_good(client, pair, django_assert_max_num_queries):
    client.force_login(make_names_editor())
    address = reverse("archive_merging:doubles")
    client.post(address, {"look": "1"})
    page = client.get(address).content.decode()
    assert "Zhan Jiang" in page
    assert "Compare and merge" not in page
    client.post(address, {"double": Double.objects.get().pk})
    assert (
        "Zhan Jiang"
        not in client.get(address)
        .content.decode()
        .split("main_content")[-1]
        .split('class="archive-merging__pairs"')[-1]
        .split("No possible duplicates")[-1]
    )
    assert "List again" in client.get(f"{address}?dismissed=1").content.decode()


@pytest.mark.parametrize("number", [2, 8])
def test_the_report_costs_the_same_for_any_number(client, number, django_assert_max_num_queries):
    client.force_login(make_names_editor())
    for n in range(number):
        make_entity(f"city-{n}", "Zhan Jiang", f"城{n}")
    find_doubles()
    address = reverse("archive_merging:doubles")
    client.get(address)
    with django_assert_max_num_queries(14):
        client.get(address)
