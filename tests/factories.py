"""Small builders of pages, people and requests' data for the tests."""

import io
from datetime import date
from itertools import count, product
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Revision, Site

from archive.contrib.dossiers.models import DossierPage
from archive.models import (
    ArchiveImage,
    ArticleEntity,
    ArticlePage,
    Entity,
    EntityName,
    GlossaryTerm,
    HomePage,
    PublicationPage,
    SectionPage,
    Tie,
    TieEvidence,
    Translation,
)
from archive.stories.actions import issue_for
from archive.stories.version_followers import follow_version
from archive.text.language import ENGLISH, LANGUAGES, column, columns

_numbers = count(1)
DAY = date(2015, 9, 22)


def make_home() -> HomePage:
    """The site's home page, made in place of Wagtail's welcome page."""
    home = HomePage.objects.first()
    if home:
        return home
    root = Page.objects.filter(depth=1).first()
    home = root.add_child(
        instance=HomePage(
            title="Home",
            slug="archive-home",
            **{column("name", "en"): "Archive", column("name", "zh-hans"): "资料库"},
        )
    )
    site = Site.objects.get(is_default_site=True)
    site.root_page = home
    site.save()
    return home


def make_closed_home() -> Page:
    """A second front page, which is for those who log in, and in no site."""
    names = dict.fromkeys(columns("name"), "Closed")
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Closed", **names))
    PageViewRestriction.objects.create(page=home, restriction_type="login")
    return Page.objects.get(pk=home.pk)


def make_publication(slug: str = "china-daily", **names: str) -> PublicationPage:
    found = PublicationPage.objects.filter(slug=slug).first()
    if found:
        return found
    return make_home().add_child(
        instance=PublicationPage(
            title=slug,
            slug=slug,
            **{
                column("name", "en"): names.get("en", "China Daily"),
                column("name", "zh-hans"): names.get("zh", "中国日报"),
            },
        )
    )


def make_section(slug: str = "world", publication: PublicationPage | None = None) -> SectionPage:
    return (publication or make_publication()).add_child(
        instance=SectionPage(
            title=slug,
            slug=slug,
            **{column("name", "en"): slug.title(), column("name", "zh-hans"): "国际"},
        )
    )


def make_dossier(slug: str = "two-harbours", items: Any = (), **fields: Any) -> DossierPage:
    """Items are pairs of kind and value, in their order."""
    texts = {column("name", "en"): "Two harbours", column("name", "zh-hans"): "两座港口"}
    dossier = DossierPage(title="Two harbours", slug=slug, **{**texts, **fields})
    dossier.items = dossier.items.stream_block.to_python([block(*one) for one in items])
    home = make_home()
    home.refresh_from_db()
    home.add_child(instance=dossier)
    dossier.save_revision().publish()
    return dossier


def block(kind: str, value: Any, id_: str | None = None) -> dict[str, Any]:
    number = next(_numbers)
    return {"type": kind, "value": value, "id": id_ or f"00000000-0000-4000-8000-{number:012d}"}


def make_body(*paragraphs: str) -> list[dict[str, Any]]:
    return [block("paragraph", f"<p>{text}</p>") for text in paragraphs]


def make_article(
    headline: str = "City builds on long history with US",
    *,
    body: list[dict[str, Any]] | None = None,
    language: str = ENGLISH,
    day: date = DAY,
    live: bool = True,
    publication: PublicationPage | None = None,
    **fields: Any,
) -> ArticlePage:
    """A story in its issue; live ones are published through a revision, as an editor would."""
    publication = publication or make_publication()
    issue = issue_for(publication, day)
    article = ArticlePage(
        source_language=language,
        publication=publication,
        print_date=day,
        live=False,
        **{column("headline", language): headline, "title": headline},
        **fields,
    )
    stream = article._meta.get_field(column("body", language))
    content = make_body("First paragraph.", "Second paragraph.") if body is None else body
    setattr(article, column("body", language), stream.to_python(content))
    issue.refresh_from_db()
    issue.add_child(instance=article)
    if live:
        _first_version(article).publish()
    return ArticlePage.objects.get(pk=article.pk)


def _first_version(article: ArticlePage) -> Revision:
    """What `save_revision` makes, of a story that was checked and saved a moment ago.

    Without checking and saving it again: that took a sixth of the time of most tests' stories.
    """
    revision: Revision = Revision.objects.create(
        content_object=article,
        base_content_type=article.get_base_content_type(),
        content=article.serializable_data(),
        object_str=str(article),
    )
    article.latest_revision = revision
    article.latest_revision_created_at = revision.created_at
    article.draft_title = article.title
    follow_version(article, None)
    return revision


def make_user(name: str, group: Group | None = None, **fields: Any) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "password", **fields)
    if group:
        user.groups.add(group)
    return user


def make_editor(
    name: str = "editor",
    *places: Page,
    verbs: tuple[str, ...] = ("add", "change", "publish", "lock", "unlock"),
) -> User:
    """May write and publish pages, all or those below `places`; can't work on translations."""
    group, _made = Group.objects.get_or_create(name=f"Editors {verbs} {[p.pk for p in places]}")
    _allow(group, "wagtailadmin", "access_admin")
    for root, verb in product(places or [Page.objects.get(depth=1)], verbs):
        codename = f"{verb}_page"
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    return make_user(name, group)


def make_translator(
    name: str = "translator",
    *,
    may_publish: bool = True,
    languages: tuple[str, ...] = LANGUAGES,
) -> User:
    """May change (and publish) translations into `languages`; has no permission on any page."""
    group, _made = Group.objects.get_or_create(name=f"Translators {may_publish} {languages}")
    _allow(group, "wagtailadmin", "access_admin")
    _allow(group, "archive", "change_translation")
    if may_publish:
        for verb in ("publish", "lock", "unlock"):
            _allow(group, "archive", f"{verb}_translation")
    for language in languages:
        _allow(group, "archive", column("translate_into", language))
    return make_user(name, group)


def _allow(group: Group, app: str, codename: str) -> None:
    group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))


def translate(article: ArticlePage, *, publish: bool = True, **texts: str) -> Translation:
    """Fill in a translation without HTTP: `headline="…"`, the rest "译" and the key's kind."""
    from archive.desk.actions import open_translation
    from archive.desk.models import Segment
    from archive.desk.segments import source_segments

    translation = open_translation(article)
    assert translation
    translation.segments = [
        Segment(
            key=source.key,
            kind=source.kind,
            markup=source.markup,
            target=texts.get(source.key, _target(source)),
            source_text=source.text,
            source_digest=source.digest,
            state=Segment.State.CONFIRMED,
            sort_order=order,
        )
        for order, source in enumerate(source_segments(article))
    ]
    revision = translation.save_revision()
    if publish:
        revision.publish()
    return Translation.objects.get(pk=translation.pk)


def _target(source: Any) -> str:
    text = f"译文：{source.kind}"
    return f"<p>{text}</p>" if source.markup == "rich" else text


def make_image(data: bytes = b"", name: str = "port.jpg", **fields: Any) -> ArchiveImage:
    """A saved photograph: of this encoded file, or of a small plain JPEG.

    One with rights is meant for publication, so it is also described.
    """
    if "rights" in fields:
        fields = {**dict.fromkeys(columns("alt_text"), "Cranes over ships"), **fields}
    if not data:
        buffer = io.BytesIO()
        Image.new("RGB", (64, 48), "navy").save(buffer, "JPEG")
        data = buffer.getvalue()
    image = ArchiveImage(file=ContentFile(data, name), **{"title": "The port", **fields})
    image.save()
    return image


def make_entity(
    key: str = "zhanjiang", en: str = "Zhanjiang", zh: str = "湛江", **fields: Any
) -> Entity:
    """A city in China unless told otherwise; aliases as `aliases={"广州湾": "zh-hans"}`."""
    aliases = fields.pop("aliases", {})
    kind = fields.get("kind", "place")
    defaults = {"kind": kind, "place_type": "city", "country": "CN"} if kind == "place" else {}
    names = {column("name", "en"): en, column("name", "zh-hans"): zh}
    entity = Entity(key=key, **{**names, **defaults, **fields})
    for order, (text, language) in enumerate(aliases.items()):
        entity.names.add(EntityName(text=text, language=language, sort_order=order))
    entity.save()
    return entity


def make_merged(key: str, kept: Entity) -> Entity:
    """A name that was merged into another, of which only the key is left to know it by."""
    return make_entity(key, f"Old {key}", "", kind=kept.kind, merged_into=kept)


def make_term(
    en: str = "ecological footprint", zh: str = "生态足迹", **fields: Any
) -> GlossaryTerm:
    """A term that is no name; lists as the form has them: `forbidden_zh_hans="a;b"`."""
    terms = {column("term", "en"): en, column("term", "zh-hans"): zh}
    return GlossaryTerm.objects.create(**terms, **fields)


def make_tie(one: Entity, two: Entity, kind: str = "sister_city", **fields: Any) -> Tie:
    """A tie with one piece of evidence, in English."""
    evidence = {
        column("sentence", "en"): fields.pop("sentence", "The two cities signed an agreement."),
        "source_url": fields.pop("source_url", "https://example.org/tie"),
        "article": fields.pop("article", None),
    }
    tie = Tie(place_a=one, place_b=two, kind=kind, **fields)
    tie.evidence.add(TieEvidence(**evidence))
    tie.save()
    return tie


def tag(article: ArticlePage, entity: Entity, role: str = "about") -> ArticleEntity:
    """Tag a published story, as its live row has it."""
    return ArticleEntity.objects.create(page=article, entity=entity, role=role)


def make_names_editor(name: str = "names-editor") -> User:
    """May keep names and ties; has no permission on any page."""
    group, _made = Group.objects.get_or_create(name="Keepers of names")
    _allow(group, "wagtailadmin", "access_admin")
    for verb in ("add", "change", "delete", "view"):
        for model in ("entity", "tie"):
            _allow(group, "archive", f"{verb}_{model}")
    return make_user(name, group)
