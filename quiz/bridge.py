"""The only door for JavaScript: `use` takes the framework once, `handle` answers every request.

Requests and replies are JSON text, in the shapes of `quiz.protocol`. No answer is kept between requests: a
request holds all that the reader has said, its reply all that the page is to show. The same request always
gives the same reply, byte for byte.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from quiz import words
from quiz.profile import applies, not_relevant, role_names, time_text, time_why
from quiz.report import areas_reply, motivation_reply, no_level_lists, progress
from quiz.request import Form, RequestError, parse, read, whole
from quiz.sheet import items, sheet
from quiz.suggestions import suggestions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quiz.protocol import (
        CompetenceData,
        Error,
        ErrorCode,
        FrameworkData,
        Plan,
        Refusal,
        Reply,
        State,
        Version,
    )

_framework: FrameworkData | None = None


def use(framework_json: str) -> None:
    """Take the framework to answer from: the text of `framework.json`, made by the site's build.

    Raises ValueError when the text is not JSON.
    """
    global _framework
    _framework = json.loads(framework_json)


def handle(request_json: str) -> str:
    """Return the reply to a request, both as JSON text. Never raises."""
    request_id = None
    try:
        request = parse(request_json)
        request_id = whole(request.get("id"))
        reply = _reply(request, request_id)
    except RequestError as refused:
        reply = _refusal(request_id, refused.code, refused.detail)
    except Exception as fault:
        reply = _refusal(request_id, "internal", _where(fault))
    return json.dumps(reply, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _refusal(request_id: int | None, code: ErrorCode, detail: str) -> Refusal:
    error: Error = {"code": code, "message": words.ERRORS[code], "detail": detail}
    return {"id": request_id, "ok": False, "error": error}


def _where(fault: Exception) -> str:
    """Return the kind of fault and where it arose, without its message, which may quote the reader."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f" {trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
    return f"{type(fault).__name__}{place}"


def _reply(request: dict[str, Any], request_id: int | None) -> Reply:
    kind = request.get("kind")
    if kind not in ("ping", "state"):
        raise RequestError("unknown_kind")
    framework = _framework
    if framework is None:
        raise RequestError("not_ready")
    if kind == "state":
        return _state(framework, read(framework, request), request_id)
    return {"id": request_id, "ok": True, "kind": "ping", "framework": _version(framework)}


def _version(framework: FrameworkData) -> Version:
    return {
        "title": framework["title"],
        "version": framework["version"],
        "date": words.swedish_date(framework["date"]) or framework["date"],
    }


def _state(framework: FrameworkData, form: Form, request_id: int | None) -> State:
    competences = applies(framework, form.roles, form.scope)
    available = list(
        items(
            framework,
            competences,
            form.roles,
            form.answers,
            form.motivation,
            form.questions,
            form.notes,
        )
    )
    done = progress(competences, form.answers)
    talk = suggestions(framework, competences, form.roles, form.answers, form.motivation)
    return {
        "id": request_id,
        "ok": True,
        "kind": "state",
        "framework": _version(framework),
        "ignored": form.ignored,
        "notices": form.notices,
        "plan": _plan(framework, form, competences),
        "progress": done,
        "areas": areas_reply(framework, competences, form.roles, form.answers, talk),
        "motivation": motivation_reply(framework, competences, form.motivation),
        "result": {
            "empty": "" if done["answered"] else _empty(form, competences),
            "lists": no_level_lists(competences, form.answers),
            "suggestions": talk,
        },
        "sheet": sheet(framework, available, set(form.ticked), form.today),
    }


def _plan(framework: FrameworkData, form: Form, competences: Sequence[CompetenceData]) -> Plan:
    inside = {item["id"] for item in competences}
    given = [key for key, answer in form.answers.items() if answer.state != "unanswered"]
    outside = [key for key in given if key not in inside]
    return {
        "ready": bool(competences),
        "missing": _missing(framework, form, competences),
        "roles": [
            {"id": role["id"], "name": role["name"]}
            for role in framework["roles"]
            if role["id"] in form.roles
        ],
        "scope": form.scope,
        "time": time_text(competences) if competences else "",
        "time_why": time_why(competences) if competences else "",
        "not_relevant": [
            {"id": item["id"], "title": item["title"], "text": text}
            for item, text in not_relevant(framework, form.roles, form.scope)
        ],
        "outside": {"ids": outside, "text": words.outside(outside)},
    }


def _empty(form: Form, competences: Sequence[CompetenceData]) -> str:
    states = [form.answers[item["id"]].state for item in competences if item["id"] in form.answers]
    return words.ONLY_PENDING if "pending" in states else words.NOTHING_ANSWERED


def _missing(framework: FrameworkData, form: Form, competences: Sequence[CompetenceData]) -> str:
    if competences:
        return "" if form.roles else words.NO_ROLE
    if not form.roles:
        return words.SOME_ROLES_ONLY
    return words.not_for_roles(role_names(framework, form.roles))
