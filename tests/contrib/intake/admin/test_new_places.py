"""Publications and sections that only an import names: asked for first, never made unasked."""

from typing import Any

import bs4
import pytest
from django.db.models.signals import post_save
from django.test import Client

from archive.contrib.intake.admin.place_forms import PlacesForm
from archive.contrib.intake.batches.new_places import new_places
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.intake.places import NewPlace
from archive.models import ArticlePage, PublicationPage, SectionPage
from tests.contrib.intake.admin.screens import address, batch_of, importer_client, posted
from tests.contrib.intake.batches.values import ANOTHER
from tests.contrib.intake.texts import CHINESE, ENGLISH
from tests.factories import make_home, make_publication, make_section, make_user

pytestmark = pytest.mark.django_db
THIRD = """Farmers plant the first rice
Rain fell over the valley for a week, and then the fields were ready for planting.
Two hundred families share the pumps that the county bought for them last winter.
(China Daily 09/24/2015 page4)
"""
XINHUA = ENGLISH.replace("China Daily", "Xinhua Daily")


@pytest.fixture
def chief() -> Client:
    """Who may make publications."""
    make_publication()
    client = Client()
    client.user = make_user("chief", is_superuser=True)
    client.force_login(client.user)
    return client


@pytest.fixture
def batch(chief: Client) -> ImportBatch:
    batch = batch_of(chief, XINHUA, ANOTHER)
    batch.items.update(confidence=1)
    return batch


def papers() -> set[str]:
    return set(PublicationPage.objects.filter(is_unfiled=False).values_list("name_en", flat=True))


def questions(page: bytes) -> dict[str, list[str]]:
    """The names of the form's questions, and what may be chosen."""
    soup = bs4.BeautifulSoup(page, "html.parser")
    selects = soup.select("select[name^=place-]")
    return {one["name"]: [option.text for option in one.select("option")] for one in selects}


def answers(chief: Client, batch: ImportBatch, answer: str) -> dict[str, str]:
    page = chief.get(address("accept_above", batch), {"confidence": "90"}).content
    return {"confidence": "90", **dict.fromkeys(questions(page), answer)}


def test_accepting_many_lists_what_would_be_made_and_makes_nothing(
    chief: Client, batch: ImportBatch
) -> None:
    page = chief.get(address("accept_above", batch), {"confidence": "90"}).content
    assert list(questions(page).values()) == [
        ["Choose…", "Same as: China Daily", "Make a new publication"]
    ]
    assert "Publication “Xinhua Daily”" in page.decode()
    refused = chief.post(address("accept_above", batch), {"confidence": "90"})
    assert refused.status_code == 422
    assert not ArticlePage.objects.exists()
    assert papers() == {"China Daily"}


def test_a_new_publication_is_made_once_somebody_says_so(chief: Client, batch: ImportBatch) -> None:
    chief.post(address("accept_above", batch), answers(chief, batch, "new"))
    assert ArticlePage.objects.count() == 2
    assert papers() == {"China Daily", "Xinhua Daily"}


def test_another_name_of_a_publication_files_its_stories_there(
    chief: Client, batch: ImportBatch
) -> None:
    paper = PublicationPage.objects.get()
    chief.post(address("accept_above", batch), answers(chief, batch, str(paper.pk)))
    assert set(ArticlePage.objects.values_list("publication", flat=True)) == {paper.pk}
    assert papers() == {"China Daily"}


def test_an_answer_is_known_to_the_next_import(chief: Client) -> None:
    paper = make_publication("beihai", en="Beihai Evening Post", zh="")
    batch = batch_of(chief, CHINESE.replace("中国日报", "北海晚报"))
    asked = f"{address('item_places', batch, batch.items.get())}?do=accept"
    [question] = questions(chief.get(asked).content)
    saved: list[str] = []

    def note(instance: PublicationPage, **kwargs: Any) -> None:
        saved.append(instance.name_zh_hans)

    post_save.connect(note, sender=PublicationPage)
    chief.post(asked, {question: str(paper.pk)})
    post_save.disconnect(note, sender=PublicationPage)
    # Whoever keeps pages for readers hears of it.
    assert "北海晚报" in saved
    assert ArticlePage.objects.get().publication == paper
    next_one = batch_of(chief, CHINESE.replace("中国日报", "北海晚报").replace("湛江港", "北海港"))
    assert new_places(next_one.items.all()) == {}
    paper.refresh_from_db()
    assert paper.get_latest_revision_as_object().name_zh_hans == paper.name_zh_hans == "北海晚报"
    assert not paper.has_unpublished_changes


def test_accepting_one_asks_first_and_goes_on_with_the_answer(
    chief: Client, batch: ImportBatch
) -> None:
    item = batch.items.get(source="1.txt")
    asked = chief.post(address("decide", batch), {"do": f"accept:{item.pk}"})
    assert asked.url == f"{address('item_places', batch, item)}?do=accept&listed="
    assert not ArticlePage.objects.exists()
    [question] = questions(chief.get(asked.url).content)
    chief.post(asked.url, {question: "new"})
    assert ArticlePage.objects.get().publication.name_en == "Xinhua Daily"


@pytest.mark.parametrize(
    ("verb", "label", "is_published"),
    [("accept", "Accept", False), ("publish", "Accept and publish", True)],
)
def test_the_button_below_the_question_does_what_it_says(
    chief: Client, batch: ImportBatch, verb: str, label: str, is_published: bool
) -> None:
    item = batch.items.get(source="1.txt")
    asked = chief.post(address("decide", batch), {"do": f"{verb}:{item.pk}"})
    page = chief.get(asked.url).content
    soup = bs4.BeautifulSoup(page, "html.parser")
    [button] = soup.select(".archive-intake form button[type=submit]")
    assert button.get_text() == label
    chief.post(asked.url, dict.fromkeys(questions(page), "new"))
    assert ArticlePage.objects.get().live == is_published


def test_no_askof_the_question_leaves_a_story_out(chief: Client, batch: ImportBatch) -> None:
    item = batch.items.get(source="1.txt")
    ask = f"{address('item_places', batch, item)}?do=reject"
    chief.post(ask, dict.fromkeys(questions(chief.get(ask).content), "new"))
    assert batch.items.get(pk=item.pk).state == ImportItem.State.ACCEPTED


def test_a_section_typed_for_a_new_publication_is_asked_for_and_made(
    chief: Client, batch: ImportBatch
) -> None:
    item = batch.items.get(source="1.txt")
    asked = posted(chief, item, do="accept", story__section="Harbour")
    page = chief.get(asked.url).content
    assert "Section “Harbour” of “Xinhua Daily”" in page.decode()
    chief.post(asked.url, dict.fromkeys(questions(page), "new"))
    story = ArticlePage.objects.get()
    assert (story.section.name_en, story.section.get_parent()) == (
        "Harbour",
        PublicationPage.objects.get(name_en="Xinhua Daily").page_ptr,
    )


def test_a_section_may_be_one_that_is_there_or_be_left_out(
    chief: Client, batch: ImportBatch
) -> None:
    world = make_section()
    for item, answer in zip(batch.items.order_by("pk"), ["leave", str(world.pk)], strict=True):
        record = {**item.record, "publication": "China Daily", "section": "Globe"}
        ImportItem.objects.filter(pk=item.pk).update(record=record)
        asked = chief.post(address("decide", batch), {"do": f"accept:{item.pk}"})
        chief.post(asked.url, dict.fromkeys(questions(chief.get(asked.url).content), answer))
    stories = ArticlePage.objects.order_by("print_date")
    assert [story.section_id for story in stories] == [None, world.pk]
    # The name that is refused stays with its story.
    assert {"text": "Globe", "is_left_out": True} in stories[0].unplaced
    assert stories[1].unplaced == []
    assert SectionPage.objects.count() == 1


def section_asked(chief: Client, batch: ImportBatch, publication: str, section: str) -> str:
    """The address of the questions about the first item, which names these."""
    item = batch.items.get(source="1.txt")
    record = {**item.record, "publication": publication, "section": section}
    ImportItem.objects.filter(pk=item.pk).update(record=record)
    return str(chief.post(address("decide", batch), {"do": f"accept:{item.pk}"}).url)


def test_a_section_of_what_is_another_name_of_a_paper_may_be_one_of_its_sections(
    chief: Client, batch: ImportBatch
) -> None:
    paper, world = PublicationPage.objects.get(), make_section()
    times = make_publication("times", en="Times", zh="泰晤士报")
    asked = section_asked(chief, batch, "Xinhua Daily", "Globe")
    of_paper, of_section = questions(chief.get(asked).content).items()
    assert "Same as: World (China Daily)" in of_section[1]
    wrong = {of_paper[0]: str(times.pk), of_section[0]: str(world.pk)}
    refused = chief.post(asked, wrong)
    assert "This section belongs to another publication." in refused.content.decode()
    assert not ArticlePage.objects.exists()
    chief.post(asked, {of_paper[0]: str(paper.pk), of_section[0]: str(world.pk)})
    story = ArticlePage.objects.get()
    assert (story.publication, story.section_id) == (paper, world.pk)


def test_a_new_section_is_the_same_as_another_new_one(chief: Client, batch: ImportBatch) -> None:
    named = [("China Daily", "World"), ("中国日报", "国际"), ("Gulf Post", "Home")]
    batch = batch_of(chief, ENGLISH, ANOTHER, THIRD)
    for item, (publication, section) in zip(batch.items.order_by("pk"), named, strict=True):
        record = {**item.record, "publication": publication, "section": section}
        ImportItem.objects.filter(pk=item.pk).update(record=record, confidence=1)
    ask = address("accept_above", batch)
    page = chief.get(ask, {"confidence": "90"})
    options = questions(page.content)
    of = {place.section: name for name, place in page.context["places"].places.items()}
    assert {"Same as: World", "Same as: Home (Gulf Post)"} < set(options[of["国际"]])
    data = {"confidence": "90", **dict.fromkeys(options, "new")}
    refused = chief.post(ask, {**data, of["国际"]: of["Home"]})
    assert "This section belongs to another publication." in refused.content.decode()
    assert not ArticlePage.objects.exists()
    chief.post(ask, {**data, of["国际"]: of["World"]})
    assert sorted(story.section.title for story in ArticlePage.objects.all()) == [
        *("Home", "World", "World")
    ]
    assert SectionPage.objects.count() == 2
    world = SectionPage.objects.get(title="World")
    assert (world.name_en, world.name_zh_hans) == ("World", "国际")


def test_another_name_of_a_section_is_kept_where_it_lacks_one(
    chief: Client, batch: ImportBatch
) -> None:
    world = SectionPage.objects.get(pk=make_section().pk)
    SectionPage.objects.filter(pk=world.pk).update(name_zh_hans="")
    asked = section_asked(chief, batch, "China Daily", "国际")
    [question] = questions(chief.get(asked).content)
    chief.post(asked, {question: str(world.pk)})
    world.refresh_from_db()
    assert (world.name_en, world.name_zh_hans) == ("World", "国际")


def test_a_section_that_names_a_publication_may_be_that(chief: Client, batch: ImportBatch) -> None:
    times = make_publication("times", en="Times", zh="泰晤士报")
    asked = section_asked(chief, batch, "China Daily", "Times")
    [(question, choices)] = questions(chief.get(asked).content).items()
    assert "No section, but the publication: Times" in choices
    chief.post(asked, {question: str(times.pk)})
    story = ArticlePage.objects.get()
    assert (story.publication, story.section) == (times, None)
    assert "Times" not in str(story.unplaced)


def test_the_cursor_stands_in_the_question_that_waits(chief: Client, batch: ImportBatch) -> None:
    asked = section_asked(chief, batch, "Xinhua Daily", "Globe")
    of_paper, of_section = questions(chief.get(asked).content)
    refused = chief.post(asked, {of_paper: "new", of_section: "nonsense"})
    for page, name in ((chief.get(asked), of_paper), (refused, of_section)):
        soup = bs4.BeautifulSoup(page.content, "html.parser")
        assert [one.get("name") for one in soup.select("main [autofocus]")] == [name]


def test_who_may_not_make_a_publication_files_into_the_own_one() -> None:
    client = importer_client()
    make_home()
    batch = batch_of(client, XINHUA)
    item = batch.items.get()
    assert new_places(batch.items.all()) == {NewPlace("Xinhua Daily"): 1}
    asked = chief_address = f"{address('item_places', batch, item)}?do=accept"
    [question] = questions(client.get(asked).content)
    client.post(chief_address, {question: "new"})
    assert papers() == {"China Daily"}
    client.post(asked, {question: str(PublicationPage.objects.get().pk)})
    assert ArticlePage.objects.get().publication.name_en == "China Daily"


def test_a_new_publication_is_the_same_as_another_new_one(chief: Client) -> None:
    batch = batch_of(chief, XINHUA, ANOTHER.replace("China Daily", "Gulf Post"))
    batch.items.update(confidence=1)
    data = answers(chief, batch, "new")
    _confidence, first, second = data
    options = questions(chief.get(address("accept_above", batch), {"confidence": "90"}).content)
    assert options[second][1:] == [
        "Same as: China Daily",
        "Same as: Gulf Post",
        "Make a new publication",
    ]
    chief.post(address("accept_above", batch), {**data, first: second, second: first})
    assert not ArticlePage.objects.exists()
    chief.post(address("accept_above", batch), {**data, second: first})
    assert papers() == {"China Daily", "Gulf Post"}
    assert {story.publication.name_en for story in ArticlePage.objects.all()} == {"Gulf Post"}


def test_a_section_is_not_offered_to_another_publication_of_the_archive() -> None:
    make_publication()
    make_publication("harbour-post", en="Harbour Post", zh="港口邮报")
    new = [("China Daily", "Sports"), ("Harbour Post", "Games"), ("Xinhua Daily", "Play")]
    form = PlacesForm({NewPlace(*names): 1 for names in new})
    offered = [[str(label) for _value, label in field.choices] for field in form.fields.values()]
    assert "Same as: Games (Harbour Post)" not in offered[0]
    # A publication that is new may be another name of either.
    assert "Same as: Play (Xinhua Daily)" in offered[0]
    assert "Same as: Sports (China Daily)" in offered[2]
