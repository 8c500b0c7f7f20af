"""Under which keys a name is looked up: its forms, its pinyin, and what is said after it."""

from pypinyin import lazy_pinyin

from archive.entities.models import Entity
from archive.search.analysis import fold, name_key
from archive.text.language import CHINESE, LANGUAGES, detect

LONGEST_KEY = 200
# What is said after a place's name as often as not.
_SUFFIXES = {"city": ("市", " City"), "province": ("省", " Province"), "state": ("州", " State")}


def keys_of(entity: Entity) -> dict[str, str]:
    """Every key under which the entity is looked up, with the form that texts use, or ""."""
    forms = [entity.name_in(language) for language in LANGUAGES]
    forms += [name.text for name in entity.names.all()]
    written = [form for form in forms if form]
    asked = [
        name + suffix
        for name in (entity.name_in(language) for language in LANGUAGES)
        for suffix in _SUFFIXES.get(entity.place_type, ())
        if name
        and not name.endswith(suffix.strip())
        and (detect(suffix) == CHINESE) == (detect(name) == CHINESE)
    ]
    asked += [reading for form in written if (reading := _reading(form, entity))]
    keys = {name_key(form)[:LONGEST_KEY]: "" for form in asked}
    keys |= {name_key(form)[:LONGEST_KEY]: form for form in reversed(written)}
    return {key: form for key, form in keys.items() if key}


def _reading(form: str, entity: Entity) -> str:
    """A Chinese form's pinyin; of one character it would be too many things at once."""
    if detect(form) != CHINESE or len(form) < 2:
        return ""
    if form == entity.name_in(CHINESE) and entity.pinyin:
        return entity.pinyin
    # The dictionary knows words in simplified characters: 長沙 by itself is read "zhangsha".
    return "".join(lazy_pinyin(fold(form), errors="ignore"))
