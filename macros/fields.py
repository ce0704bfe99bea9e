"""What the values of a framework's files may be: texts, numbers, ids, addresses; the base of every part."""

from __future__ import annotations

from typing import Annotated

from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationInfo
from pydantic.functional_validators import AfterValidator
from pydantic_core import PydanticKnownError


def _named_level(level: int, info: ValidationInfo) -> int:
    """Return a level that the framework has; the check hands in how many `levels` that is."""
    most = (info.context or {}).get("levels")
    if most and level > most:
        raise PydanticKnownError("less_than_equal", {"le": most})
    return level


Text = Annotated[str, StringConstraints(pattern=r"\S")]
Level = Annotated[int, Field(strict=True, ge=1), AfterValidator(_named_level)]
Minutes = Annotated[int, Field(strict=True, ge=1)]
Count = Annotated[int, Field(strict=True, ge=0)]
AreaId = Annotated[str, StringConstraints(pattern=r"^\d+$")]
CompetenceId = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
# The competences of DigComp 3.0, the EU's framework: five areas with 3, 6, 4, 4 and 4.
DIGCOMP = r"^(1\.[1-3]|2\.[1-6]|[345]\.[1-4])$"
DigCompId = Annotated[str, StringConstraints(pattern=DIGCOMP)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

_http_url = TypeAdapter(AnyHttpUrl)


def _checked_url(value: str) -> str:
    """Return the address as it was written; pydantic would normalise it."""
    _http_url.validate_python(value)
    return value


Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$"), AfterValidator(_checked_url)]


class Item(BaseModel):
    """Base of every part: immutable, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Link(Item):
    """An address; in a support text `text` is the words of that text that carry it."""

    text: Text
    url: Url
