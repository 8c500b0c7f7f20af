"""What people have done to stories and translations: an undo must not take it away unasked.

The database itself says so: by rows that refer to a story or its translation. A row counts as
somebody's work, unless its model is left out of Wagtail's index of references
(`wagtail_reference_index_ignore`), as what is worked out is. A model says otherwise by
`work_of_people`: the rows that count, as a `Q`, or None for none of them; and by `work_label`, a
property, what such a row is called.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise, lazy
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.log_actions import registry
from wagtail.models import ReferenceIndex, WorkflowState

from archive.desk.models import Translation
from archive.desk.policies import name_of
from archive.journal.plan import OthersWork
from archive.text.punctuation import labelled

# So many keys a statement.
_KEYS = 500


Works = dict[int, list[OthersWork]]


def work_at(model: type[models.Model], keys: Collection[int]) -> Works:
    """Rows that refer to these objects and that people have made, by the objects' keys.

    What is part of an object's own versions (its tags, say) is left to whoever compares versions.
    """
    found: Works = defaultdict(list)
    for some in _portions(keys):
        for field in referring_fields(model):
            counts = _counting(field.model)
            if counts is None or _is_part_of(field, model):
                continue
            rows = field.model._base_manager.filter(counts, **{f"{field.name}__in": some})
            for row in rows.select_related(*_person_columns(field.model)):
                found[getattr(row, field.attname)].append(work_of_row(row, field))
        for state in _reviews(model, some):
            found[int(state.object_id)].append(
                OthersWork(
                    _("in review since"),
                    name_of(state.requested_by),
                    at=state.created_at,
                    by=state.requested_by_id,
                )
            )
    return found


def work_at_translations(stories: Collection[int], ours: Collection[int] = ()) -> Works:
    """The same of these stories' translations, by the stories' keys, and their newer versions.

    Versions of the keys `ours` don't count.
    """
    found: Works = defaultdict(list)
    for some in _portions(stories):
        translations = Translation.objects.filter(article__in=some)
        story_of = dict(translations.values_list("pk", "article"))
        for key, works in work_at(Translation, story_of).items():
            found[story_of[key]] += works
        begun = translations.exclude(latest_revision=None).exclude(latest_revision__in=ours)
        for one in begun.select_related("latest_revision__user"):
            found[one.article_id].append(version_work(one, _("translated since")))
        for one in translations.exclude(assignee=None).select_related("assignee"):
            found[one.article_id].append(assigned_work(one))
    return found


def assigned_work(translation: Translation) -> OthersWork:
    """That it is somebody's to translate."""
    who = translation.assignee
    return OthersWork(_("assigned"), name_of(who), by=translation.assignee_id)


def version_work(thing: Any, what: str | Promise) -> OthersWork:
    """That there is a newer version, and whose."""
    newest = thing.latest_revision
    if newest is None:
        return OthersWork(what)
    return OthersWork(what, name_of(newest.user), at=newest.created_at, by=newest.user_id)


def last_deed(thing: models.Model, what: str | Promise) -> OthersWork:
    """What became of the thing, as work of whoever is last in its history."""
    last = registry.get_logs_for_instance(thing).select_related("user").first()
    if last is None:
        return OthersWork(what)
    return OthersWork(what, name_of(last.user), at=last.timestamp, by=last.user_id)


def references_to(
    model: type[models.Model], keys: Collection[Any]
) -> Iterator[tuple[Any, models.Model]]:
    """The objects whose stored text or fields refer to these, each with the key that it names."""
    base = ContentType.objects.get_for_model(base_of(model))
    texts = {str(key): key for key in keys}
    for some in _portions(texts):
        rows = ReferenceIndex.objects.filter(to_content_type=base, to_object_id__in=some)
        columns = ("to_object_id", "content_type", "object_id")
        for to, kind, key in rows.order_by().values_list(*columns).distinct():
            source = ContentType.objects.get_for_id(kind).model_class()
            # The index may still have the texts of objects that have just gone.
            one = source._base_manager.filter(pk=key).first() if source else None
            if one is not None:
                yield texts[to], one


def referring_fields(model: type[models.Model]) -> Iterator[Any]:
    """The foreign keys, of any model, that lead to this one."""
    relations: list[Any] = model._meta.get_fields(include_hidden=True)
    for relation in relations:
        is_other_end = relation.auto_created and not relation.concrete
        is_key = (relation.one_to_many or relation.one_to_one) and is_other_end
        if is_key and not getattr(relation, "parent_link", False):
            yield relation.field


def work_of(one: models.Model, what: str | Promise = "") -> OthersWork:
    """An object of its own right that refers to something, as work of whoever changed it last."""
    text = what or named_of_kind(str(one), type(one))
    deed = last_deed(one, text)
    if not deed.who and (person := next(_people_of(one), None)):
        deed = replace(deed, who=name_of(person), by=person.pk)
    return replace(deed, owner=named_as(type(one), one.pk))


def named_of_kind(name: str, model: Any) -> str | Promise:
    """Kind: “Name”, in the language that is active when it is told."""
    return _of_kind(f"“{Truncator(name).chars(60)}”", model)


def _labelled(text: str, model: Any) -> str:
    return labelled(text, capfirst(str(model._meta.verbose_name)))


_of_kind = lazy(_labelled, str)


def named_as(model: Any, key: Any) -> tuple[str, str]:
    """How an object is told from others: a page as a page, whatever its kind."""
    return base_of(model)._meta.label_lower, str(key)


def base_of(model: Any) -> Any:
    """The model that has the key: of any page, Wagtail's."""
    parents = model._meta.get_parent_list()
    return parents[-1] if parents else model._meta.concrete_model


def _counting(model: Any) -> Q | None:
    is_derived = getattr(model, "wagtail_reference_index_ignore", False)
    counts: Q | None = getattr(model, "work_of_people", None if is_derived else Q())
    return counts


def _is_part_of(field: Any, model: type[models.Model]) -> bool:
    return isinstance(field, ParentalKey) and issubclass(model, field.related_model)


def _person_columns(model: Any) -> list[str]:
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL
    ]


def _people_of(row: models.Model) -> Iterator[Any]:
    return filter(None, (getattr(row, name) for name in _person_columns(type(row))))


def work_of_row(row: models.Model, field: Any) -> OthersWork:
    """A part of something else (a tie's evidence, another story's link) is work at that."""
    for other in row._meta.concrete_fields:
        if isinstance(other, ParentalKey) and other != field:
            whole: Any = getattr(row, other.name)
            return work_of(getattr(whole, "specific", whole))
    text = getattr(row, "work_label", "")
    if person := next(_people_of(row), None):
        text = text or named_of_kind(str(row), type(row))
        owner = named_as(type(row), row.pk)
        return OthersWork(text, name_of(person), owner, _moment(row), person.pk)
    return work_of(row, text)


def _moment(row: models.Model) -> datetime | None:
    columns = [f.attname for f in row._meta.concrete_fields if isinstance(f, models.DateTimeField)]
    return max(filter(None, (getattr(row, name) for name in columns)), default=None)


def _reviews(model: type[models.Model], keys: Iterable[int]) -> Iterable[WorkflowState]:
    base = ContentType.objects.get_for_model(base_of(model))
    states = WorkflowState.objects.filter(
        base_content_type=base, object_id__in=[str(key) for key in keys]
    )
    return states.select_related("requested_by")


def _portions(keys: Iterable[Any]) -> Iterator[list[Any]]:
    known = list(keys)
    for start in range(0, len(known), _KEYS):
        yield known[start : start + _KEYS]
