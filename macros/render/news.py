"""The page *Vad är nytt*: what each version changed, first for everyone, then role by role."""

from __future__ import annotations

from macros.render.view import Page, View, render


def news(view: View) -> Page:
    """Every version, the newest first; the first one says that it is the first."""
    roles = [role.id for role in view.framework.roles]
    releases = view.news.releases
    concerned = {release.id: [role for role in roles if release.only_for(role)] for release in releases}
    others = {release: [role for role in roles if role not in own] for release, own in concerned.items()}
    return render(view, "news", concerned=concerned, others=others)
