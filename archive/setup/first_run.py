"""The steps by which an administrator sets up an empty archive, and how far each is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.utils import get_user_display_name
from wagtail.users.models import UserProfile

from archive.base_page import Page
from archive.desk.groups import (
    EDITORS,
    REVIEWERS,
    STORY_REVIEWERS,
    TRANSLATORS,
    make_groups,
)
from archive.setup.actions import (
    first_publication,
    make_front_page,
    make_information_pages,
    make_publication,
    make_sections,
)
from archive.stories.models import ArticlePage, HomePage, PublicationPage, SectionPage
from archive.text.language import LANGUAGES, column
from archive.text.punctuation import joined

ROLES = (EDITORS, TRANSLATORS, REVIEWERS, STORY_REVIEWERS)


@dataclass(frozen=True)
class SiteState:
    """What of an archive there is."""

    home: HomePage | None
    paper: PublicationPage | None
    sections: Sequence[str]
    groups: Sequence[Group]
    # Names of the accounts in those groups.
    accounts: Sequence[str]
    has_stories: bool

    @property
    def is_empty(self) -> bool:
        """Whether an administrator is to be led here: nobody can write, or nobody has yet."""
        return self.home is None or self.paper is None or not self.has_stories


def has_begun() -> bool:
    """Whether a publication has a story; one query, for each visit of an administrator."""
    return ArticlePage.objects.exclude(publication=None).exists()


def site_state() -> SiteState:
    """Six queries."""
    groups = _archive_groups()
    users = get_user_model().objects.filter(groups__in=groups).distinct().order_by("pk")
    return SiteState(
        home=HomePage.objects.first(),
        paper=first_publication(),
        sections=[str(one) for one in SectionPage.objects.order_by("path")],
        groups=groups,
        accounts=[get_user_display_name(user) for user in users],
        has_stories=ArticlePage.objects.exists(),
    )


def _archive_groups() -> list[Group]:
    """With those of a single language: “Archive translators into English”."""
    groups = Group.objects.filter(name__startswith="Archive ").order_by("pk")
    return [group for group in groups if group.name.startswith(ROLES)]


@dataclass(frozen=True)
class SetupStep:
    """`done` is "" until it is, then what there is: “China Daily”."""

    id: str
    title: Any
    about: Any
    done: Callable[[SiteState], str]
    # What the step needs of the ones before; "" where it can be done.
    blocked: Callable[[SiteState], str] = lambda state: ""
    is_optional: bool = False


def _needs_home(state: SiteState) -> str:
    return "" if state.home else _("Make the front page first.")


def _needs_paper(state: SiteState) -> str:
    return "" if state.paper else _("Make the publication first.")


def _needs_groups(state: SiteState) -> str:
    users = get_user_model()
    if not issubclass(users, AbstractUser) or users.USERNAME_FIELD != "username":
        return _("Accounts of this site have fields of their own: add them under Settings, Users.")
    return "" if state.groups else _("Make the groups first.")


STEPS = (
    SetupStep(
        "front",
        gettext_lazy("Front page"),
        gettext_lazy("What readers see first. Its name stands above every page."),
        lambda state: str(state.home or ""),
    ),
    SetupStep(
        "paper",
        gettext_lazy("Publication"),
        gettext_lazy("The newspaper or magazine whose stories you keep. More can follow."),
        lambda state: str(state.paper or ""),
        _needs_home,
    ),
    SetupStep(
        "sections",
        gettext_lazy("Sections"),
        gettext_lazy("As printed at the head of the pages: World, Business, Culture."),
        lambda state: joined(dict.fromkeys(state.sections)),
        _needs_paper,
        is_optional=True,
    ),
    SetupStep(
        "people",
        gettext_lazy("Groups and reviews"),
        gettext_lazy(
            "Editors write, translators translate, reviewers approve. Each group gets its rights, "
            "and what is handed in goes to the reviewers."
        ),
        lambda state: joined(group.name for group in state.groups),
        _needs_home,
    ),
    SetupStep(
        "accounts",
        gettext_lazy("Accounts"),
        gettext_lazy("For the people of these groups. You yourself may do everything already."),
        lambda state: joined(state.accounts),
        _needs_groups,
        is_optional=True,
    ),
    SetupStep(
        "story",
        gettext_lazy("First story"),
        gettext_lazy("A draft in either language; readers see it when you publish it."),
        lambda state: _("There are stories.") if state.has_stories else "",
        _needs_paper,
    ),
)
BY_ID = {step.id: step for step in STEPS}


def apply_front(data: Mapping[str, Any], user: Any) -> str:
    return " · ".join([make_front_page(_names(data)), *make_information_pages()])


def apply_paper(data: Mapping[str, Any], user: Any) -> str:
    return _("%s: made") % make_publication(_names(data))


def apply_sections(data: Mapping[str, Any], user: Any) -> str:
    paper = first_publication()
    made = make_sections(paper, data["sections"]) if paper else []
    count = len(made)
    return ngettext("%(count)d section made.", "%(count)d sections made.", count) % {"count": count}


def apply_people(data: Mapping[str, Any], user: Any) -> str:
    return " · ".join(make_groups(per_language=data["per_language"], with_names=data["with_names"]))


@transaction.atomic
def apply_accounts(data: Mapping[str, Any], user: Any) -> str:
    users: Any = get_user_model().objects
    names = {"first_name": data["first_name"], "last_name": data["last_name"]}
    made = users.create_user(data["username"], data["email"], data["password"], **names)
    made.groups.add(data["group"])
    profile = UserProfile.get_for_user(made)
    profile.preferred_language = data["language"]
    profile.save()
    return _("%s: made") % made.get_username()


@transaction.atomic
def apply_story(data: Mapping[str, Any], user: Any) -> ArticlePage:
    """A draft of a paragraph a line, below the publication until it is dated and published."""
    language, paper = data["language"], first_publication()
    story = ArticlePage(
        source_language=language,
        publication=paper,
        title=data["headline"],
        live=False,
        owner=user,
        **{column("headline", language): data["headline"]},
    )
    lines = (line.strip() for line in data["text"].splitlines())
    raw = [{"type": "paragraph", "value": f"<p>{escape(line)}</p>"} for line in lines if line]
    field: Any = story._meta.get_field(column("body", language))
    setattr(story, field.name, field.to_python(raw))
    Page.objects.get(pk=paper.pk).add_child(instance=story)  # type: ignore[union-attr]
    story.save_revision(user=user, log_action=True)
    return story


def _names(data: Mapping[str, Any]) -> dict[str, str]:
    return {code: name for code in LANGUAGES if (name := data[column("name", code)].strip())}
