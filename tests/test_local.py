"""Support texts of parts of the organisation and of roles: shown with whose they are, to whom they are for."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from macros.changes import Weight, changes
from macros.data import framework_json
from macros.downloads import csv_file, json_file, tables
from macros.editor.bridge import handle, use
from macros.load import load
from macros.model import Framework, Kind, LocalSource, Support
from macros.render.pages import PAGES
from macros.render.view import View
from macros.search.index import entries
from macros.site.published import Published
from macros.slides.deck import deck
from macros.versions import plain
from quiz import bridge
from tests.pages import parse
from tests.project import ROOT, changed

PART = "kulturskolan"
EXAMPLE = "Exempel på nivå 2 är att hitta ditt schema i elevsystemet."
ACTIVITY = "Öva på elevsystemet med en kollega."
FOR_CHIEFS = "Fråga vad gruppen behöver."


def with_local(framework: Framework) -> Framework:
    """Return the framework with texts of a part in its first competence, and one for a role of another."""
    role = next(role.id for role in framework.roles if role.part != PART)
    first, *rest = framework.competences
    own = (
        Support(kind=Kind.EXAMPLE, levels=(2,), text=EXAMPLE, parts=(PART,)),
        Support(kind=Kind.ACTIVITY, text=ACTIVITY, parts=(PART,), terms=("elevsystemet",)),
        Support(kind=Kind.ACTIVITY, text=FOR_CHIEFS, roles=("chef",)),
        Support(kind=Kind.ACTIVITY, text=f"{ACTIVITY} Gör det i dag.", parts=(PART,), roles=(role,)),
    )
    source = LocalSource(part=PART, document="Exempel från oss", date="2026-10-01")
    return changed(
        framework, competences=(changed(first, support=(*first.support, *own)), *rest), local=(source,)
    )
