"""The two languages of a story are found in a batch, and parted by a person."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from archive.contrib.intake.batches.actions import add_file, create_batch
from archive.contrib.intake.batches.pairs import pair_items, part_pair
from archive.contrib.intake.batches.slices import read_slice
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.intake.records import IntakeError
from tests.contrib.intake.batches.values import ANOTHER, accept
from tests.contrib.intake.texts import CHINESE, ENGLISH
from tests.factories import make_home

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home() -> None:
    make_home()


def batch_of(**texts: str) -> ImportBatch:
    batch = create_batch(None)
    for name, text in texts.items():
        add_file(batch, None, f"{name.replace('_', '.')}.txt", text.encode())
    read_slice(batch, 60)
    return batch


def test_two_files_of_one_story_are_a_group_with_its_confidence() -> None:
    batch = batch_of(canal=ANOTHER, port_en=ENGLISH, port_zh=CHINESE)
    canal, english, chinese = batch.items.order_by("pk")
    assert list(english.others_of_group()) == [chinese]
    assert english.group_confidence == chinese.group_confidence > 0.5
    assert (canal.group, canal.group_confidence) == ("", None)


def test_files_of_other_names_are_paired_by_what_they_say() -> None:
    chinese = CHINESE.replace("一周", "11.5天").replace("两个泊位", "泊位，投资1.2亿元")
    english = ENGLISH.replace("a week", "11.5 days").replace("berths", "berths for 120 million")
    first, second = batch_of(route=english, hangxian=chinese).items.order_by("pk")
    assert first.group == second.group != ""


def test_a_person_parts_a_pair_for_good() -> None:
    batch = batch_of(port_en=ENGLISH, port_zh=CHINESE)
    part_pair(batch.items.first(), None)
    add_file(batch, None, "canal.txt", ANOTHER.encode())
    read_slice(batch, 60)
    assert set(batch.items.values_list("group", flat=True)) == {""}


def test_a_pair_of_which_one_is_in_the_archive_isnt_parted() -> None:
    item = batch_of(port_en=ENGLISH, port_zh=CHINESE).items.order_by("pk")[0]
    accept(item, None)
    with pytest.raises(IntakeError, match="load the list again"):
        part_pair(item, None)


def test_the_list_shows_how_sure_a_pair_is_and_a_button_parts_it(admin_client: Client) -> None:
    batch = batch_of(port_en=ENGLISH, port_zh=CHINESE)
    page = admin_client.get(f"/admin/import/{batch.pk}/").content.decode()
    item = batch.items.order_by("confidence", "pk").first()
    assert "Not the same story" in page
    assert f"{round(100 * item.group_confidence)} %" in page
    admin_client.post(f"/admin/import/{batch.pk}/decide/", {"do": f"part:{item.pk}"})
    assert not ImportItem.objects.exclude(group="").exists()


def test_pairs_cost_the_same_for_any_number_of_stories(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    batch = batch_of(port_en=ENGLISH, port_zh=CHINESE, canal=ANOTHER)
    for copies in (1, 2):
        batch.items.update(group="", group_confidence=None)
        with django_assert_num_queries(8):
            assert pair_items(batch) == copies
        add_file(batch, None, "new.en.txt", ENGLISH.encode())
        add_file(batch, None, "new.zh.txt", CHINESE.encode())
        read_slice(batch, 60)
        batch.items.update(state=ImportItem.State.READY)
