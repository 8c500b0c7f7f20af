"""Two papers with all that is hidden in an archive: each secret is a word found nowhere else.

What was taken down was public before, and kept in the page cache.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from archive.contrib.assessment.actions import mark_error
from archive.contrib.intake.batches.actions import add_text, create_batch
from archive.contrib.intake.batches.slices import read_slice
from archive.contrib.intake.models import SourceProfile
from archive.contrib.reader_reports.actions import file_report
from archive.contrib.reader_reports.paragraphs import paragraph_of
from archive.contrib.reprints.models import StoryReuse
from archive.desk.comments import add_comment
from archive.desk.groups import EDITORS, REVIEWERS, make_group, make_workflow, plan_groups
from archive.models import (
    ArticlePage,
    CheckWaiver,
    StoryPair,
    TieEvidence,
    Translation,
)
from archive.stories.models import ArticleByline, Author, RelatedArticle
from archive.text.language import CHINESE, ENGLISH
from tests.factories import (
    block,
    make_article,
    make_dossier,
    make_entity,
    make_image,
    make_publication,
    make_section,
    make_term,
    make_tie,
    make_user,
    tag,
    translate,
)

ROLES = (
    "anonymous",
    "reader with the password",
    "reader in the group",
    "translator into Chinese",
    "translator into English",
    "editor of Alpha",
    "reviewer",
    "administrator",
)
DAY, LOCKED_DAY = date(2015, 9, 22), date(2015, 9, 23)
PARAGRAPH = "00000000-0000-4000-8000-000000000901"

_STAFF = {"translator into Chinese", "translator into English", "reviewer", "administrator"}
_INTO_CHINESE = {"translator into Chinese", "reviewer", "administrator"}
_INTO_ENGLISH = {"translator into English", "reviewer", "administrator"}
_EDITOR, _BOSS = {"editor of Alpha"}, {"administrator"}
# Each secret and who may read it. The desk translates what isn't public yet, in every paper.
SECRETS: dict[str, set[str]] = {
    "draft": _STAFF | _EDITOR,
    "draftbeta": _STAFF,
    "newer": _STAFF | _EDITOR,
    "newerbeta": _STAFF,
    "embargoed": _STAFF | _EDITOR,
    "unpublished": _STAFF | _EDITOR,
    # The audit log keeps what a story was called.
    "deleted": _BOSS | _EDITOR,
    "password": _STAFF | _EDITOR | {"reader with the password"},
    "group": _STAFF | _EDITOR | {"reader in the group"},
    # For all who log in.
    "later": _STAFF | _EDITOR | {"reader in the group"},
    # Of a paper and a section for all who log in: themselves, their stories, and what no other
    # story names.
    **dict.fromkeys(
        ("paper", "section", "inpaper", "insection", "name", "evidence", "tied"),
        _STAFF | _EDITOR | {"reader in the group"},
    ),
    "unplaced": _EDITOR | _BOSS,
    "contact": _EDITOR | _BOSS,
    "intochinese": _INTO_CHINESE | _EDITOR,
    "intoenglish": _INTO_ENGLISH,
    "scheduled": _INTO_CHINESE | _EDITOR,
    "withdrawn": _INTO_CHINESE | _EDITOR,
    "commentchinese": _INTO_CHINESE,
    "commentenglish": _INTO_ENGLISH,
    "notechinese": _INTO_CHINESE | _EDITOR,
    "waiver": _INTO_CHINESE,
    "reportchinese": _INTO_CHINESE,
    "reportsource": _EDITOR | _BOSS,
    "email": _INTO_CHINESE,
    "reportnote": _INTO_CHINESE,
    # An import is its maker's, and theirs who may add stories anywhere.
    "import": _EDITOR | _BOSS,
    "importbeta": _BOSS,
}
# A story in a restricted paper, and one in a restricted section: found by a word of their own.
RESTRICTED = ("inpaper", "insection")
# Those that are stories' headlines, with a word to search for beside.
STORIES = (
    *("draft", "draftbeta", "embargoed", "unpublished", "deleted", "password", "group", "later"),
)


def secret(name: str) -> str:
    return f"zq{name}qz"


def lure(name: str) -> str:
    return f"lure{name}er"


@dataclass
class World:
    """Rows by name, and a browser for each role."""

    pages: dict[str, Page] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    users: dict[str, Any] = field(default_factory=dict)


def build_world(warm: Callable[["World"], None]) -> World:
    """`warm` reads all that is public before a part of it is taken down."""
    world = World()
    _lay_ground(world)
    _publish_stories(world)
    _make_people(world)
    _hide_in_the_desk(world)
    _import(world)
    warm(world)
    _take_down(world)
    return world


def _lay_ground(world: World) -> None:
    pages, rows = world.pages, world.rows
    pages["alpha"] = make_publication("alpha", en="Alpha Daily", zh="甲日报")
    pages["beta"] = make_publication("beta", en="Beta News", zh="乙新闻")
    pages["home"] = pages["alpha"].get_parent().specific
    pages["section"] = make_section("world", pages["alpha"])
    rows["author"] = Author.objects.create(name_en="Li Na", name_zh_hans="李娜")
    rows["city"] = make_entity()
    rows["other"] = make_entity("chicago", "Chicago", "芝加哥", country="US")
    rows["term"] = make_term()
    rows["image"] = make_image(credit="Li Na", rights="© Alpha")


def _story(world: World, name: str, headline: str, **fields: Any) -> ArticlePage:
    paper = world.pages[fields.pop("paper", "alpha")]
    fields.setdefault("body", [block("paragraph", f"<p>{headline}</p>", PARAGRAPH)])
    fields = {"day": DAY, "print_page": "1", **fields}
    if paper.slug == "alpha":
        fields["section"] = world.pages["section"]
    article = make_article(headline, publication=paper, slug=f"s-{name}", **fields)
    ArticleByline.objects.create(page=article, author=world.rows["author"])
    for entity in (world.rows["city"], world.rows["other"]):
        tag(article, entity)
    world.pages[name] = article
    return article


def _publish_stories(world: World) -> None:
    _story(world, "open", "City builds harbour", contact=secret("contact"))
    _story(world, "chinese", "海港之城", paper="beta", language=CHINESE)
    for name in STORIES:
        live = not name.startswith("draft") and name != "embargoed"
        paper = "beta" if name.endswith("beta") else "alpha"
        day = LOCKED_DAY if name == "password" else DAY
        headline = f"{lure(name)} harbour {secret(name)}"
        _story(world, name, headline, live=live, paper=paper, day=day)
    _restrict(world, "password", world.pages["password"].get_parent(), password="open sesame")
    # Of two papers: for whoever may publish in both.
    ends = {"one": world.pages["open"], "two": world.pages["chinese"]}
    world.rows["pair"] = StoryPair.objects.create(**ends, confidence=0.9)
    reuse = {"earlier": ends["one"], "later": ends["two"], "kind": "translation"}
    StoryReuse.objects.create(**reuse, state=StoryReuse.State.CONFIRMED)
    world.rows["group"] = Group.objects.create(name="Subscribers")
    of_group = _restrict(world, "group", world.pages["group"])
    of_group.groups.add(world.rows["group"])
    world.rows["tie"] = make_tie(world.rows["city"], world.rows["other"])
    _restrict_places(world)
    # A dossier shows of what an editor chose only what every reader may see.
    chosen = [world.pages[name].pk for name in ("open", "chinese", *STORIES)]
    items = [*(("story", pk) for pk in chosen), ("tie", world.rows["tie"].pk)]
    world.pages["dossier"] = make_dossier("dossier", items)
    for name in STORIES:
        # Whoever may change a story, or a tie, sees what somebody has linked it to.
        is_beta = name.endswith("beta")
        page = world.pages["chinese" if is_beta else "open"]
        RelatedArticle.objects.create(page=page, related=world.pages[name])
        StoryReuse.objects.create(earlier=page, later=world.pages[name], kind="shortened")
        if not is_beta:
            TieEvidence.objects.create(
                tie=world.rows["tie"], article=world.pages[name], sentence_en="They signed."
            )


def _restrict_places(world: World) -> None:
    """A paper and a section, a story in each, and a name, a tie and evidence of these alone."""
    pages, rows = world.pages, world.rows
    gamma = make_publication("gamma", en=f"Gamma {secret('paper')}", zh=f"丙 {secret('paper')}")
    closed = make_section("closed", pages["alpha"])
    closed.name_en = closed.name_zh_hans = f"Closed {secret('section')}"
    closed.save()
    filed: dict[str, dict[str, Any]] = {
        "inpaper": {"publication": gamma},
        "insection": {"publication": pages["alpha"]},
    }
    filed["insection"]["section"] = closed
    names = {"en": f"Zzz {secret('name')}", "zh": f"某地 {secret('name')}"}
    rows["named"] = make_entity("zzz", **names, latitude=10.0, longitude=20.0)
    tie = make_tie(rows["city"], rows["named"], description_en=f"Twins {secret('tied')}")
    tie.evidence.all().delete()
    for name, facts in filed.items():
        headline = f"{lure(name)} harbour {secret(name)}"
        body = [block("paragraph", f"<p>{headline}</p>", PARAGRAPH)]
        story = make_article(
            headline, slug=f"s-{name}", day=DAY, print_page="1", body=body, **facts
        )
        tag(story, rows["named"])
        tag(story, rows["city"])
        RelatedArticle.objects.create(page=pages["open"], related=story)
        sentence = f"They signed {secret('evidence')}."
        TieEvidence.objects.create(tie=tie, article=story, sentence_en=sentence)
        pages[name] = story
    _restrict(world, "login", gamma)
    _restrict(world, "login", closed)


def _restrict(world: World, kind: str, page: Page, **fields: Any) -> PageViewRestriction:
    kind = {"group": "groups"}.get(kind, kind)
    restriction: Any = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, **fields
    )
    world.rows[f"restriction {kind}"] = restriction
    return restriction


def _make_people(world: World) -> None:
    plans = {plan.name: plan for plan in plan_groups(per_language=True)}
    groups = {name: make_group(plan)[0] for name, plan in plans.items()}
    # Of translations: who reviews stories has an editor's rights.
    reviewers = [group for name, group in groups.items() if name.startswith(REVIEWERS)]
    make_workflow(reviewers)
    # An editor of one paper has the group's rights but on all pages.
    grants = GroupPagePermission.objects.filter(group=groups[EDITORS])
    grants.update(page=world.pages["alpha"])
    people: dict[str, Iterable[Group]] = {
        "reader in the group": [world.rows["group"]],
        "translator into Chinese": [groups["Archive translators into Chinese"]],
        "translator into English": [groups["Archive translators into English"]],
        "editor of Alpha": [groups[EDITORS]],
        "reviewer": reviewers,
    }
    for role in ROLES:
        client = world.clients[role] = Client()
        user: Any = AnonymousUser()
        if role in people or role == "administrator":
            user = make_user(role.replace(" ", "-"), is_superuser=role == "administrator")
            user.groups.set(people.get(role, []))
            client.force_login(User.objects.get(pk=user.pk))
        world.users[role] = user
    # This reader knows a password and has no account.
    restriction = world.rows["restriction password"]
    args = [restriction.pk, restriction.page_id]
    url = reverse("wagtailcore_authenticate_with_password", args=args)
    posted = {"password": "open sesame", "return_url": "/en/"}
    assert world.clients["reader with the password"].post(url, posted).status_code == 302


def _hide_in_the_desk(world: World) -> None:
    boss, rows = world.users["administrator"], world.rows
    texts = {"open": ("海港", "intochinese"), "chinese": ("Harbour", "intoenglish")}
    for name, (headline, newer) in texts.items():
        translation = translate(world.pages[name], headline=headline)
        rows[f"translation {name}"] = _redraft(translation, secret(newer))
    into_chinese, into_english = rows["translation open"], rows["translation chinese"]
    rows["comment"] = add_comment(into_chinese, "headline", secret("commentchinese"), user=boss)
    add_comment(into_english, "headline", secret("commentenglish"), user=boss)
    rows["waiver"] = CheckWaiver.objects.create(
        translation=into_chinese,
        key="headline",
        check_id="numbers",
        digest="0" * 32,
        reason=secret("waiver"),
        author=boss,
    )
    rows["mark"] = mark_error(
        into_chinese,
        "headline",
        category="style",
        severity="1",
        comment=secret("markchinese"),
        user=boss,
    )
    later = _story(world, "scheduled", "Waits for its day")
    waiting: Any = translate(later, publish=False, headline=f"译文 {secret('scheduled')}")
    waiting = waiting.get_latest_revision_as_object()
    waiting.go_live_at = timezone.now() + timedelta(days=9)
    waiting.save_revision().publish()
    gone = translate(_story(world, "withdrawn", "Had a translation"), headline=secret("withdrawn"))
    world.rows["withdrawn"] = gone
    _report(world)


def _redraft(translation: Translation, text: str) -> Translation:
    """A newer version than readers have, with a note."""
    draft = translation.get_latest_revision_as_object()
    segments = list(draft.segments.all())
    segments[0].target = f"{segments[0].target} {text}"
    if translation.language == CHINESE:
        segments[-1].note = secret("notechinese")
    draft.segments = segments
    draft.save_revision()
    return Translation.objects.get(pk=translation.pk)


def _report(world: World) -> None:
    article: Any = ArticlePage.objects.get(pk=world.pages["open"].pk)
    paragraph: Any = paragraph_of(article, PARAGRAPH)
    report = file_report(
        article,
        paragraph,
        kind="wrong",
        language=CHINESE,
        text=secret("reportchinese"),
        email=f"{secret('email')}@example.org",
    )
    report.note = secret("reportnote")
    report.save()
    world.rows["report"] = report
    world.rows["report source"] = file_report(
        article, paragraph, kind="typo", language=ENGLISH, text=secret("reportsource")
    )


def _import(world: World) -> None:
    """An import of the editor's and one of somebody else's, each with a story that waits."""
    for paper, name in (("alpha", "editor of Alpha"), ("beta", "administrator")):
        user, word = world.users[name], secret("import" if paper == "alpha" else "importbeta")
        batch = create_batch(User.objects.get(pk=user.pk), name=f"Old files {paper}")
        add_text(batch, None, f"{word} harbour\nShips came to the harbour on Monday.\n")
        read_slice(batch, 60)
        world.rows[f"import {paper}"] = batch.items.get()
    world.rows["profile"] = SourceProfile.objects.create(name="Alpha", file_pattern="alpha-*")


def _take_down(world: World) -> None:
    pages = world.pages
    for name, newer in (("open", "newer"), ("chinese", "newerbeta")):
        draft: Any = ArticlePage.objects.get(pk=pages[name].pk).get_latest_revision_as_object()
        column = "headline_en" if name == "open" else "headline_zh_hans"
        setattr(draft, column, f"{getattr(draft, column)} {secret(newer)}")
        if name == "open":
            # Of words in no field yet, readers have none.
            draft.unplaced = [secret("unplaced")]
        draft.save_revision()
    embargoed: Any = ArticlePage.objects.get(pk=pages["embargoed"].pk)
    embargoed.go_live_at = timezone.now() + timedelta(days=9)
    embargoed.save_revision(user=world.users["administrator"]).publish()
    ArticlePage.objects.get(pk=pages["unpublished"].pk).unpublish()
    _restrict(world, "login", ArticlePage.objects.get(pk=pages["later"].pk))
    world.rows["withdrawn"].unpublish()
    ArticlePage.objects.get(pk=pages["deleted"].pk).delete()
    for name in ("open", "chinese", "draft", "draftbeta"):
        pages[name] = ArticlePage.objects.get(pk=pages[name].pk)
