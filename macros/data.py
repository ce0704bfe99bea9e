"""The framework as data for programs: what the self-check reads, and a download."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from macros.model import Competence, Framework
from macros.support import Support

if TYPE_CHECKING:
    from quiz.protocol.framework import CompetenceData, FrameworkData, SupportData


def framework_json(framework: Framework) -> str:
    """Return the framework as the self-check reads it; the same framework always gives the same text."""
    basics = framework.basics
    parts = {part.id: part.name for part in framework.parts}
    data: FrameworkData = {
        "title": basics.title,
        "version": basics.version,
        "date": basics.date.isoformat(),
        "levels": [{"level": item.level, "name": item.name} for item in basics.levels],
        "motivation": {"title": basics.motivation.title, "scale": list(basics.motivation.scale)},
        "areas": [
            {"id": area.id, "name": area.name, "motivation": area.motivation} for area in framework.areas
        ],
        "roles": [{"id": role.id, "name": role.name, "part": parts[role.part]} for role in framework.roles],
        "competences": [_competence(framework, item) for item in framework.competences],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _competence(framework: Framework, competence: Competence) -> CompetenceData:
    return {
        "id": competence.id,
        "area": competence.area_id,
        "title": competence.title,
        "definition": competence.definition,
        "levels": [competence.levels[level] for level in sorted(competence.levels)],
        "expected": dict(sorted(competence.expected.by_role.items())),
        "not_relevant": sorted(competence.expected.not_relevant),
        "reading": competence.expected.reading.value,
        "support": [_support(framework, item) for item in competence.support],
    }


def _support(framework: Framework, item: Support) -> SupportData:
    data: SupportData = {
        "kind": item.kind.value,
        "levels": list(item.levels),
        "text": item.text,
        "links": [{"text": link.text, "url": link.url} for link in item.links],
    }
    if item.is_local:
        data["roles"] = list(framework.readers(item))
        data["whose"] = framework.whose(item)
    return data
