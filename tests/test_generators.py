"""The site is the same whichever generator builds it: MkDocs, ProperDocs, Zensical."""

from __future__ import annotations

import filecmp
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from macros.model import Framework
from macros.site.build import build
from macros.site.server import SiteServer
from tests import test_site
from tests.conftest import PHONE, Watched, axe
from tests.pages import Element
from tests.project import ROOT
from tests.test_browser import STORED, noted
from tests.test_site import BASE, Pages, addresses, read_pages

pytestmark = pytest.mark.slow

# What differs where Zensical 0.0.73 builds, as README.md says. Its link to the content is beside ours; the
# theme of MkDocs has one on the two pages whose headings are written in Markdown.
SKIP = "Gå till innehållet"
# Its theme is another edition of the same one.
THEME = re.compile(r"(^|/)assets/stylesheets/")
# It does not pack the sitemap.
UNPACKED = "sitemap.xml.gz"


@pytest.fixture(scope="module")
def zensical(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built with Zensical."""
    return built(tmp_path_factory, "zensical")


@pytest.fixture(scope="module")
def zensical_subpath(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site for a known address below a sub-path, built with Zensical."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SITE_URL", BASE)
        environment.setenv("EDIT_BASE", "https://kod.example/kompetenstrappan/edit/main")
        return built(tmp_path_factory, "zensical")


def built(folders: pytest.TempPathFactory, generator: str) -> Path:
    """Build the real site with a generator, and return its folder."""
    site = folders.mktemp(generator) / "site"
    problem = build(ROOT, site, generator)
    assert not problem, problem
    return site


def files_of(site: Path) -> set[str]:
    """Every file of a site, but for what the theme brings."""
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return {name for name in names if not THEME.search(name)}


def links_of(url: str, page: Element) -> list[tuple[str, str]]:
    """Where everything on the page leads, in order, but for the theme's own files and link to the content."""
    whole = ((element, urljoin(BASE + url, address)) for element, address in addresses(page))
    return [
        (element.tag, address)
        for element, address in whole
        if element.get("class") != "md-skip" and not THEME.search(address)
    ]


def text_of(page: Element) -> str:
    """All that a reader reads, but for the theme's own link to the content."""
    return page.one("body").text.replace(f"{SKIP} ", "", 1)


def current_of(page: Element) -> list[tuple[str, str]]:
    """What is marked as the current page, in the menu and in the path."""
    return [(element.tag, element.text) for element in page.all(aria_current="page")]


def test_properdocs_builds_the_same_bytes(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """ProperDocs makes the same files as MkDocs, and the same in each."""
    other = built(tmp_path_factory, "properdocs")
    names = [
        {path.relative_to(one).as_posix() for path in one.rglob("*") if path.is_file()}
        for one in (site, other)
    ]
    assert names[0] == names[1]
    _, different, unread = filecmp.cmpfiles(site, other, sorted(names[0]), shallow=False)
    assert different + unread == []


def test_zensical_builds_the_same_pages(site: Path, zensical: Path) -> None:
    """With Zensical every page has the same head, texts, links and current page, at the same address."""
    assert files_of(zensical) == files_of(site) - {UNPACKED}
    ours, theirs = read_pages(site), read_pages(zensical)
    assert ours.keys() == theirs.keys()
    for url, page in ours.items():
        other = theirs[url]
        assert other.one("title").text == page.one("title").text, url
        assert text_of(other) == text_of(page), url
        assert Counter(links_of(url, other)) == Counter(links_of(url, page)), url
        assert current_of(other) == current_of(page), url
        metas = [{(m.get("name"), m.get("content")) for m in one.all("meta")} for one in (page, other)]
        assert metas[0] == metas[1], url
        article, other_article = page.one("article"), other.one("article")
        tags = [[(e.tag, e.get("class"), e.get("id")) for e in one] for one in (article, other_article)]
        assert tags[0] == tags[1], url


def test_zensical_builds_the_same_pages_below_a_sub_path(
    tmp_path_factory: pytest.TempPathFactory, zensical_subpath: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an address of its own, too, the site has the same texts, links and addresses."""
    monkeypatch.setenv("SITE_URL", BASE)
    monkeypatch.setenv("EDIT_BASE", "https://kod.example/kompetenstrappan/edit/main")
    ours, theirs = read_pages(built(tmp_path_factory, "mkdocs")), read_pages(zensical_subpath)
    assert ours.keys() == theirs.keys()
    for url, page in ours.items():
        assert text_of(theirs[url]) == text_of(page), url
        assert Counter(links_of(url, theirs[url])) == Counter(links_of(url, page)), url


def test_zensical_site_is_as_the_tests_of_the_site_want_it(
    zensical: Path, zensical_subpath: Path, framework: Framework
) -> None:
    """Policy, version, links, landmarks, menu and source of every page are right without MkDocs, too."""
    pages: Pages = read_pages(zensical)
    test_site.test_every_page_is_closed(pages)
    test_site.test_every_page_says_what_it_is(pages, framework)
    test_site.test_no_link_is_broken(zensical, pages)
    test_site.test_every_page_has_its_structure(pages)
    test_site.test_nav_is_short(pages)
    test_site.test_edit_links(zensical, pages, zensical_subpath, framework)
    test_site.test_404_page_works_anywhere(zensical_subpath)
    listed = re.findall("<loc>(.*?)</loc>", (zensical_subpath / "sitemap.xml").read_text("utf-8"))
    assert Counter(listed) == Counter(BASE + url for url in pages if url != "404.html")


@pytest.fixture(scope="module", params=["root", "sub-path"])
def zensical_server(
    request: pytest.FixtureRequest,
    zensical: Path,
    zensical_subpath: Path,
    serve: Callable[..., SiteServer],
) -> Iterator[SiteServer]:
    """Zensical's site at a server's root with our headers, and below a sub-path without them."""
    if request.param == "root":
        yield serve(zensical)
    else:
        yield serve(zensical_subpath, security=False, prefix="/kompetens/")


KINDS = (
    *("", "ramverket/1.1/", "ramverket/omrade-1/", "ramverket/hela/", "roller/chef/", "roller/jamfor/"),
    *("stod/", "fragor-och-svar/", "om/", "om/kallor/", "om/sa-skyddas-dina-svar/", "workshop/bilder/"),
)


def test_zensical_site_is_clean_in_a_browser(
    watch: Callable[..., Watched], zensical_server: SiteServer
) -> None:
    """Its pages make no outside requests, log no errors, store nothing and pass axe."""
    watched = watch(zensical_server.url, viewport=PHONE)
    found = {}
    for url in KINDS:
        page = watched.open(url)
        found[url] = [*noted(watched), *axe(page), *page.evaluate(STORED)]
    assert not [(url, lines) for url, lines in found.items() if lines]
    assert not watched.context.storage_state()["origins"]


def test_self_check_starts_on_zensicals_site(
    watch: Callable[..., Watched], zensical_server: SiteServer
) -> None:
    """Python starts, and answers, on a site that Zensical has built."""
    watched = watch(zensical_server.url)
    page = watched.open("sjalvskattning/")
    expect(page.locator("[data-engine]")).to_have_attribute("data-engine", "ready")
    assert noted(watched) == []
