"""What is accepted together: never another paper's report, and nothing unsaid or unsure."""

from functools import reduce
from typing import Any

import pytest
from django.test import Client

from archive.contrib.intake.batches.actions import add_file, create_batch
from archive.contrib.intake.batches.decisions import sure_items
from archive.contrib.intake.batches.slices import read_slice
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.intake.records import IntakeError
from archive.models import ArticlePage, Translation
from tests.contrib.intake.admin.screens import address, batch_of, importer_client
from tests.contrib.intake.batches.values import ANOTHER, accept, accept_above
from tests.contrib.intake.translations.values import CHINESE, ENGLISH, OTHER_CHINESE
from tests.factories import make_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return importer_client()


def pair(client: Any, english: str = ENGLISH, chinese: str = CHINESE, sure: float = 0.95) -> Any:
    """A batch of both, found to be a pair with that confidence if they are one at all."""
    batch = create_batch(client.user)
    for name, text in (("route", english), ("hangxian", chinese)):
        add_file(batch, client.user, f"{name}.txt", text.encode())
    read_slice(batch, 60)
    batch.items.exclude(group_confidence=None).update(group_confidence=sure)
    batch.items.update(confidence=0.95, state=ImportItem.State.READY)
    return batch


def is_one_story(batch: ImportBatch) -> bool:
    return len({item.group or item.pk for item in batch.items.all()}) == 1


@pytest.mark.parametrize(
    ("english", "is_one"),
    [
        (ENGLISH, True),
        (ENGLISH.replace("China Daily", "The Harbor Gazette"), False),
        (ENGLISH.replace("09/22/2015", "10/01/2015"), False),
        (ENGLISH.replace("09/22/2015", "09/24/2015"), True),
    ],
)
def test_another_papers_or_weeks_report_is_a_story_of_its_own(
    client: Client, english: str, is_one: bool
) -> None:
    batch = pair(client, english)
    assert is_one_story(batch) is is_one
    accept_above(batch, None, 0.9)
    assert ArticlePage.objects.count() == 2 - is_one


def test_a_paper_that_a_person_has_corrected_parts_the_two(client: Client) -> None:
    batch = pair(client)
    item = batch.items.order_by("pk")[0]
    item.record["publication"] = "The Harbor Gazette"
    item.save()
    accept(item, None)
    assert (ArticlePage.objects.count(), Translation.objects.count()) == (1, 0)


def test_a_pair_that_isnt_sure_waits_and_so_does_one_of_a_doubtful_text(client: Client) -> None:
    batch = pair(client, sure=0.75)
    assert sure_items(batch, 0.9).count() == 0
    assert sure_items(batch, 0.75).count() == 2
    batch.items.update(group_confidence=0.95)
    ImportItem.objects.filter(pk=batch.items.order_by("pk")[0].pk).update(confidence=0.6)
    assert sure_items(batch, 0.9).count() == 0


def test_the_confirmation_counts_stories_and_names_what_is_joined(client: Client) -> None:
    batch = pair(client)
    page = client.get(address("accept_above", batch), {"confidence": 90}).content.decode()
    assert "Accept 1 story?" in page
    assert "“两岛之间开通渡轮航线” (中国日报) becomes the translation of “Ferry line opens" in page
    assert "95 %" in page


def test_the_message_counts_stories_and_translations(client: Client) -> None:
    batch = pair(client)
    answer = client.post(
        address("accept_above", batch), {"confidence": 90, "publish": "on"}, follow=True
    )
    [said] = map(str, answer.context["messages"])
    assert said.count("1 story published.") + said.count("1 draft made.") == 1
    assert "<p>1 translation " in said


def test_a_texts_page_says_what_goes_with_it_and_parts_the_two(client: Client) -> None:
    batch = pair(client, sure=0.75)
    item = batch.items.order_by("pk")[0]
    page = client.get(address("item", batch, item)).content.decode()
    assert "Accepting this text accepts its other language, too:" in page
    assert "(中国日报) becomes the translation of" in page
    assert "75 %" in page
    client.post(address("item", batch, item), {"do": "part"})
    assert not is_one_story(batch)


def test_a_version_is_never_one_of_what_its_twin_became_the_translation_of(
    client: Client,
) -> None:
    batch = pair(client)
    english, chinese = batch.items.order_by("pk")
    add_file(batch, client.user, "again.txt", ENGLISH.replace("By Wang Wei", "By Li Na").encode())
    read_slice(batch, 60)
    again = batch.items.exclude(pk__in=[english.pk, chinese.pk]).get()
    ImportItem.objects.filter(pk=again.pk).update(twin=chinese, duplicate_of=None)
    accept(english, None)
    again.refresh_from_db()
    with pytest.raises(IntakeError, match="has become the translation of “Ferry line"):
        accept(again, None, as_version=True)


def of_new_papers(*texts: str) -> list[str]:
    names = {"China Daily": "Chaozhou Mail", "中国日报": "潮州晚报"}
    return [reduce(lambda text, one: text.replace(*one), names.items(), text) for text in texts]


@pytest.mark.parametrize("others", [(), (ANOTHER, OTHER_CHINESE)])
def test_two_new_papers_make_no_translation_and_no_story_that_nobody_announced(
    others: tuple[str, ...],
) -> None:
    client = importer_client(paper=make_home())
    batch = batch_of(client, *of_new_papers(*others, ENGLISH, CHINESE))
    batch.items.update(confidence=0.95, state=ImportItem.State.READY)
    batch.items.exclude(group_confidence=None).update(group_confidence=0.95)
    here = address("accept_above", batch)
    context = client.get(here, {"confidence": 90}).context
    assert len(context["joins"]) == 1
    form = {one.html_name: one.value() for one in context["form"] if one.value()}
    answers = dict.fromkeys(context["places"].fields, "new")
    answer = client.post(here, {**form, **answers, "publish": "on"}, follow=True)
    told = str(next(iter(answer.context["messages"])))
    assert told.count("nothing was stored") == 2
    assert ArticlePage.objects.count() == len(others)
    assert not Translation.objects.exclude(latest_revision=None).exists()


def test_the_pair_of_two_new_papers_can_be_parted_and_each_accepted(client: Client) -> None:
    batch = pair(client, *of_new_papers(ENGLISH, CHINESE), sure=1)
    assert "Not the same story" in client.get(address("batch", batch)).text
    item = batch.items.order_by("pk")[0]
    with pytest.raises(IntakeError, match="are to be two publications"):
        accept(item, None)
    assert "Not the same story" in client.get(address("item", batch, item)).text
    client.post(address("item", batch, item), {"do": "part"})
    for one in batch.items.all():
        accept(one, None)
    assert ArticlePage.objects.count() == 2
