"""Every link between pages leads somewhere, and every page can be reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, Page, anchor, pages

ELSEWHERE = ("https://", "http://", "mailto:")


def targets(page: Page) -> list[tuple[str, Path, str]]:
    """Return the links of a page into the project: as written, the file, and the heading."""
    found: list[tuple[str, Path, str]] = []
    for link in page.links():
        if not link.startswith(ELSEWHERE):
            name, _, heading = link.partition("#")
            path = (page.path.parent / name).resolve() if name else page.path
            found.append((link, path, heading))
    return found


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Page) -> None:
    """Each link on a page leads to a file of the project and, if it names one, to its heading."""
    broken = [
        link
        for link, path, heading in targets(page)
        if not path.exists()
        or not path.is_relative_to(ROOT)
        or (heading and heading not in Page(path).anchors())
    ]
    assert broken == []


def test_every_page_is_reached_from_the_first() -> None:
    """From docs/index.md, following links, one gets to every page under docs/."""
    reached: set[Path] = set()
    ahead = [DOCS / "index.md"]
    while ahead:
        path = ahead.pop()
        if path not in reached and path.suffix == ".md" and path.is_file():
            reached.add(path)
            ahead += [target for _, target, _ in targets(Page(path))]
    assert [page.name for page in pages() if page.path not in reached | {ROOT / "README.md"}] == []


def test_links_stay_on_the_pages() -> None:
    """No page under docs/ links to an address elsewhere: references name author, year and place."""
    outside = {
        f"{page.name}: {link}"
        for page in pages()
        if page.path.is_relative_to(DOCS)
        for link in page.links()
        if link.startswith(ELSEWHERE)
    }
    assert outside == set()


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_page_begins_with_its_one_title(page: Page) -> None:
    """A page under docs/ begins with a title, has no other, and no two headings with one name."""
    if not page.path.is_relative_to(DOCS):
        return
    titles = [line for line in page.prose().splitlines() if line.startswith("# ")]
    assert titles == page.text.splitlines()[:1]
    names = [anchor(heading) for heading in page.headings()]
    assert len(names) == len(set(names))
