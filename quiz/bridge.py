"""The only door for JavaScript: `use` takes the framework once, `handle` answers every request.

Requests and replies are JSON text, in the shapes of `quiz.protocol`. Nothing is kept between requests: a
request holds all that the reader has said, its reply all that the page shows. The same request always gives
the same reply, byte for byte.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from quiz import code, words
from quiz.ladder import NOTHING
from quiz.profile import applies, not_relevant, role_names, time_text
from quiz.report import Rated, competence_reply
from quiz.request import Form, RequestError, clean, parse, read, whole
from quiz.result import details, entries, motivation_reply, result
from quiz.sheet import items, sheet
from quiz.suggestions import suggestions
from quiz.talk import chosen_of, talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quiz.protocol.framework import CompetenceData, FrameworkData
    from quiz.protocol.rating import Plan
    from quiz.protocol.reply import CodeReply, ErrorCode, Refusal, Reply, Said, State, Version

_framework: FrameworkData | None = None


def use(framework_json: str) -> None:
    """Take the framework to answer from: the text of `framework.bin`. Raises ValueError if it is no JSON."""
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
    return {
        "id": request_id,
        "ok": False,
        "error": {"code": code, "message": words.ERRORS[code], "detail": detail},
    }


def _where(fault: Exception) -> str:
    """Return the kind of fault and where it arose, without its message, which may quote the reader."""
    place, trace = "", fault.__traceback__
    while trace:
        place = f" {trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(fault).__name__}{place}"


def _reply(request: dict[str, Any], request_id: int | None) -> Reply:
    kind = request.get("kind")
    if kind not in ("ping", "state", "code"):
        raise RequestError("unknown_kind")
    if _framework is None:
        raise RequestError("not_ready")
    if kind == "state":
        return _state(_framework, read(_framework, request), request_id)
    if kind == "code":
        return _code(_framework, request.get("code"), request_id)
    return {"id": request_id, "ok": True, "kind": "ping", "framework": _version(_framework)}


def _code(framework: FrameworkData, text: object, request_id: int | None) -> CodeReply:
    """Return what a code says, as a request would, or what is wrong with it."""
    said: Said | None = None
    message = ""
    try:
        taken = code.read(framework, clean(text) if isinstance(text, str) else "")
        said = {
            "roles": taken.roles,
            "scope": taken.scope,
            "answers": {
                key: {
                    "pick": answer.pick,
                    "none": answer.none,
                    "met": {str(level): met for level, met in answer.met.items()},
                }
                for key, answer in taken.answers.items()
            },
            "motivation": taken.motivation,
        }
    except code.CodeError as wrong:
        message = str(wrong)
    return {"id": request_id, "ok": True, "kind": "code", "message": message, "said": said}


def _version(framework: FrameworkData) -> Version:
    return {
        "title": framework["title"],
        "version": framework["version"],
        "date": words.swedish_date(framework["date"]) or framework["date"],
    }


def _state(framework: FrameworkData, form: Form, request_id: int | None) -> State:
    competences = applies(framework, form.roles, form.scope)
    rated = [
        Rated(item, form.roles, form.answers.get(item["id"], NOTHING), form.earlier.get(item["id"], NOTHING))
        for item in competences
    ]
    plan = _plan(framework, form, competences)
    motivation = motivation_reply(framework, rated, form.motivation)
    suggested = suggestions(framework, rated, form.motivation)
    chosen = chosen_of(competences, suggested, form.talk)
    available = list(items(framework, rated, form.roles, motivation, suggested, form.questions))
    found = result(framework, rated)
    return {
        "id": request_id,
        "ok": True,
        "kind": "state",
        "framework": _version(framework),
        "ignored": form.ignored,
        "notices": form.notices,
        "plan": plan,
        "competences": [competence_reply(item) for item in rated],
        "motivation": motivation,
        "result": found,
        "talk": talk(competences, suggested, chosen, form.talk),
        "details": details(framework, rated, motivation, plan["not_relevant"]),
        "sheet": sheet(framework, available, chosen, form),
        "entries": entries(rated),
        "code": code.make(framework, form.roles, form.scope, form.answers, form.motivation)
        if found["answered"]
        else "",
    }


def _plan(framework: FrameworkData, form: Form, competences: Sequence[CompetenceData]) -> Plan:
    inside = {item["id"] for item in competences}
    outside = [
        key for key, answer in form.answers.items() if answer.state != "unanswered" and key not in inside
    ]
    return {
        "ready": bool(competences),
        "missing": _missing(framework, form, competences),
        "roles": [
            {"id": role["id"], "name": role["name"]}
            for role in framework["roles"]
            if role["id"] in form.roles
        ],
        "scope": form.scope,
        "time": time_text(framework, competences) if competences else "",
        "not_relevant": not_relevant(framework, form.roles, form.scope),
        "outside": {"ids": outside, "text": words.outside(outside)},
    }


def _missing(framework: FrameworkData, form: Form, competences: Sequence[CompetenceData]) -> str:
    if competences:
        return words.NO_ROLE if framework["roles"] and not form.roles else ""
    if not form.roles:
        return words.SOME_ROLES_ONLY
    return words.not_for_roles(role_names(framework, form.roles))
