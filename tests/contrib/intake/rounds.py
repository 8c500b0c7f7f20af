"""From a file in the import's screens to the reader's page."""

from django.test import Client
from lxml import html

from archive.contrib.intake.batches.actions import add_file, create_batch
from archive.contrib.intake.batches.slices import read_slice
from archive.contrib.intake.formats import registered
from archive.contrib.intake.models import ImportItem
from archive.contrib.intake.options import FilingOptions
from archive.models import ArchiveImage, ArticlePage
from tests.contrib.intake.admin.screens import address, importer_client
from tests.contrib.intake.round_story import RoundFile
from tests.contrib.intake.test_nothing_is_lost import words
from tests.factories import make_home, make_publication, make_section


def formats_of(app: str) -> set[str]:
    """The ids of the formats that an app registers."""
    return {form.id for form in registered() if type(form).__module__.startswith(f"{app}.")}


def round_client() -> Client:
    """An importer's, of an archive with a paper and its sections."""
    paper = make_publication("post", en="Harbour Post", zh="港口日报")
    for name in ("business", "news", "international"):
        make_section(name, paper)
    return importer_client(paper=make_home())


def read_item(client: Client, file: RoundFile) -> ImportItem:
    """The only story of a batch of these files, filed under the paper that they don't name."""
    options = FilingOptions(publication="Harbour Post", section="Business")
    batch = create_batch(client.user, options=options)
    for name, data in {file.name: file.data, **file.beside}.items():
        add_file(batch, client.user, name, data)
    read_slice(batch, 60)
    return batch.items.get()


def published(client: Client, item: ImportItem) -> ArticlePage:
    """Accepted by the list's button; its pictures described, as an editor must."""
    client.post(address("decide", item.batch), {"do": f"accept:{item.pk}"})
    texts = {"alt_text_en": "Two cranes", "credit": "Zhao Lei", "rights": "© Harbour Post"}
    for image in ArchiveImage.objects.all():
        lacking = {name: text for name, text in texts.items() if not getattr(image, name)}
        ArchiveImage.objects.filter(pk=image.pk).update(**lacking)
    page = ArticlePage.objects.get()
    assert not page.live
    page.latest_revision.publish(user=client.user)
    return ArticlePage.objects.get()


def story_on(page: ArticlePage) -> html.HtmlElement:
    """What a reader gets of it."""
    found = html.fromstring(Client().get(page.url).content)
    (article,) = found.xpath("//article[contains(@class, 'story')]")
    for unseen in article.xpath(".//script | .//style"):
        unseen.drop_tree()
    return article


def check_round(client: Client, file: RoundFile, form: str) -> None:
    """The file is read by that format, and each of its words stands on the page."""
    item = read_item(client, file)
    assert item.format == form
    story = story_on(published(client, item))
    missing = words(file.words) - words(" ".join(story.itertext()))
    assert sorted(missing) == []
    assert (len(story.xpath(".//figure//img")) == 1) == file.has_picture
