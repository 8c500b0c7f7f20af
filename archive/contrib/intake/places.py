"""Publications and sections that an import names and the archive doesn't have.

None is made unless somebody has said so: `ImportPlan.may_make` is asked for each.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from archive.contrib.intake.records import IntakeError
from archive.text.stored_messages import message as _


@dataclass(frozen=True)
class NewPlace:
    """A publication by its name, or a section of one."""

    publication: str
    section: str = ""


class NewPlaceError(IntakeError):
    """Nobody has said yet whether it is to be made."""

    def __init__(self, place: NewPlace) -> None:
        self.place = place
        names = {"paper": place.publication, "section": place.section}
        if place.section:
            text = _("“%(paper)s” has no section “%(section)s” yet: say first whether it is new")
        else:
            text = _("there is no publication “%(paper)s” yet: say first whether it is new")
        super().__init__(text % names)


# Whether it is made; a section that isn't is left out. A section's answer may be all its names,
# its own first. Raises NewPlaceError.
Answer = bool | tuple[str, ...]
MayMake = Callable[[NewPlace], Answer]


def ask(place: NewPlace) -> bool:
    """Nothing is made unasked."""
    raise NewPlaceError(place)


def make_all(place: NewPlace) -> bool:
    """Whatever is named is made."""
    return True


def answered(answers: Mapping[NewPlace, Answer]) -> MayMake:
    """As a person has answered; what wasn't among the questions is asked."""

    def may_make(place: NewPlace) -> Answer:
        return answers[place] if place in answers else ask(place)

    return may_make
