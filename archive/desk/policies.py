"""Who may do what at the desk: it takes the verb's permission, and the right to the language.
And what people are called there."""

from collections.abc import Iterable
from html import unescape
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.admin.utils import get_user_display_name
from wagtail.permission_policies import ModelPermissionPolicy

from archive.desk.models import Translation
from archive.photos.policies import image_policy
from archive.text.language import LANGUAGES, column

# The names under which Django stores the rights; Wagtail's form of a group translates them.
RIGHT_NAMES = (gettext_noop("Can translate into English"), gettext_noop("Can translate into 中文"))


def right_to(language: str) -> str:
    """The codename of the permission: "zh-hans" -> "translate_into_zh_hans"."""
    return column("translate_into", language)


def languages_of(user: Any) -> list[str]:
    """The languages that a person may translate into."""
    return [language for language in LANGUAGES if user.has_perm(f"archive.{right_to(language)}")]


class TranslationPolicy(ModelPermissionPolicy):
    """Nobody adds or deletes a translation: it comes and goes with its story. All may be viewed."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action in ("add", "delete") or not super().user_has_permission(user, action):
            return False
        return action == "view" or bool(languages_of(user))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_may(user, action, instance.language)

    def user_may(self, user: Any, action: str, language: str) -> bool:
        """The same for a language: of a translation that isn't opened yet, for one."""
        if not self.user_has_permission(user, action):
            return False
        return action == "view" or language in languages_of(user)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet:
        allowed = [action for action in actions if self.user_has_permission(user, action)]
        if not allowed:
            return Translation.objects.none()
        if "view" in allowed:
            return Translation.objects.all()
        return Translation.objects.filter(language__in=languages_of(user))

    def users_with_any_permission_for_instance(self, actions: Any, instance: Any) -> QuerySet:
        users: QuerySet = self.users_with_any_permission(set(actions) - {"add", "delete"})
        if "view" in actions:
            return users
        right = right_to(instance.language)
        return users.filter(pk__in=self._get_users_with_any_permission_codenames({right}))


policy = TranslationPolicy(Translation)


def may_work_on(user: Any, translation: Translation) -> bool:
    """Whoever may change it, or has to review it now; either way in a language that is theirs."""
    if policy.user_has_permission_for_instance(user, "change", translation):
        return True
    if translation.language not in languages_of(user):
        return False
    task = translation.current_workflow_task
    return bool(task and task.user_can_access_editor(translation, user))


def may_take_in(user: Any, story: Any) -> bool:
    """Whether the person may put a text into the story's translation: who may translate it at the
    desk, and the editors of its paper. No user is a program, which may."""
    if user is None or policy.user_may(user, "change", story.target_language):
        return True
    return bool(story.permissions_for_user(user).can_edit())


def lock_against(user: Any, translation: Translation) -> str:
    """Why this user can't change it now; "" if nothing is in the way."""
    lock = translation.get_lock()
    if lock is None or not lock.for_user(user):
        return ""
    return as_plain_text(lock.get_message(user))


def as_plain_text(message: object) -> str:
    """Wagtail's messages of locks are pieces of HTML; "" for none."""
    return unescape(strip_tags(str(message or "")))


def refuse(message: str, status: int) -> JsonResponse:
    """As the desk's scripts read it."""
    return JsonResponse({"error": message}, status=status)


def refuse_work_on(
    request: HttpRequest, translation: Translation | None, *, locked_too: bool = False
) -> JsonResponse | None:
    """The answer to who may not work on it, or not now with `locked_too`; None to who may."""
    if translation is None or not may_work_on(request.user, translation):
        return refuse(_("You do not have permission to change this translation."), 403)
    lock = lock_against(request.user, translation) if locked_too else ""
    return refuse(lock, 423) if lock else None


def languages_of_texts(user: Any, image: Any) -> list[str]:
    """All languages for whoever may change the picture; for whoever may choose it and change
    translations, those that they may translate into.

    Wagtail has one permission for all of a picture: who may change it may delete it as well. So
    translators don't get that one.
    """
    pictures = image_policy()
    if pictures.user_has_permission_for_instance(user, "change", image):
        return list(LANGUAGES)
    if not policy.user_has_permission(user, "change"):
        return []
    may_choose = pictures.user_has_permission_for_instance(user, "choose", image)
    return languages_of(user) if may_choose else []


def name_of(person: Any) -> str:
    """As Wagtail's screens call the person; "" for nobody."""
    return str(get_user_display_name(person))


def translators() -> Any:
    """The users who may translate into some language, by name."""
    found = policy.users_with_any_permission({"change"})
    return found.order_by("last_name", "first_name", get_user_model().USERNAME_FIELD).distinct()


def may_translate(person: Any, translation: Translation) -> bool:
    return bool(
        person.is_active and policy.user_has_permission_for_instance(person, "change", translation)
    )


def translators_of(translations: Iterable[Translation]) -> list[Any]:
    """The users who may do all of them; one question for each language, not for each story."""
    one_each = {translation.language: translation for translation in translations}.values()
    return [who for who in translators() if all(may_translate(who, one) for one in one_each)]
