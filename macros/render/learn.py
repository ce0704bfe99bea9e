"""The page *Lära mer*: learning activities and examples, which the reader can filter."""

from __future__ import annotations

from macros.render.view import Page, View, render


def learn(view: View) -> Page:
    """Learning activities and links, and support texts about a level; those for some roles come first.

    `taught` are the roles that have a learning activity of their own.
    """
    framework = view.framework
    shown = [
        (item, [*item.learning, *(text for text in item.support if text.levels and not text.teaches)])
        for item in framework.competences
    ]
    return render(
        view,
        "learn",
        found=[(item, sorted(texts, key=lambda text: not text.is_local)) for item, texts in shown if texts],
        without=[item for item in framework.competences if all(text.is_local for text in item.learning)],
        taught={
            item.id: [role for text in item.learning for role in framework.readers(text)]
            for item in framework.competences
        },
        agreed=framework.question.get(framework.site.agreed or ""),
        ungraded=framework.question.get(framework.site.ungraded or ""),
        assets={"styles": ["assets/settings.css"], "scripts": ["assets/learn.js"]},
    )
