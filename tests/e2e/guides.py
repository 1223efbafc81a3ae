"""The user guides under docs/guides: the pictures in them and the words of the screens that they name."""

import json
import os
import re
from collections.abc import Iterator
from typing import Any

from playwright.async_api import Locator, Page

from deploy.local.program import ROOT
from tests.e2e.conftest import SCREENSHOTS

FOLDER = ROOT / "docs" / "guides"
ROLES = ("pegawai", "atasan", "bkpsdm", "operator")
KEPT = FOLDER / "gambar"
# A run leaves the committed pictures alone unless it is told to take them anew.
TAKEN = KEPT if os.environ.get("KINERJA_GUIDES") == "1" else SCREENSHOTS / "guides"
TEXTS = sorted((ROOT / "web" / "src" / "i18n").glob("id*.json"))
SIGN_IN_TEXTS = ROOT / "deploy" / "keycloak" / "theme" / "kinerja" / "login" / "messages" / "messages_id.properties"
MOST_BYTES = 125_000  # of one picture: the guides are read over slow lines
MARGIN = 12
CLOSE = 4  # above and below a part: what stands beside it must not look in


def text_of(role: str) -> str:
    """A guide, as it is written."""
    return (FOLDER / f"{role}.md").read_text()


def pictures_in(text: str) -> set[str]:
    """Names of the pictures that a guide shows."""
    return set(re.findall(r"gambar/([\w-]+)\.png", text))


def bold_in(text: str) -> set[str]:
    """What a guide prints in bold: the words on buttons, fields and headings."""
    return set(re.findall(r"\*\*(.+?)\*\*", text))


def unknown(words: set[str]) -> set[str]:
    """Those that stand on no screen. Where a text has a number or a name in it, the guide may write any."""
    patterns = [re.compile(pattern) for pattern in _screen_words()]
    return {word for word in words if not any(pattern.fullmatch(word) for pattern in patterns)}


class Camera:
    """Takes the pictures of one guide and keeps their names."""

    def __init__(self, role: str) -> None:
        self._role = role
        self.taken: set[str] = set()

    async def take(self, page: Page, name: str, *, of: Locator | None = None, down_to: Locator | None = None) -> None:
        """The window; only what is around `of`, or only from the top to below `down_to`, if given."""
        TAKEN.mkdir(parents=True, exist_ok=True)
        whole = f"{self._role}-{name}"
        await page.evaluate("document.fonts.ready")
        clip = await _clip(page, of, down_to)
        await page.screenshot(path=TAKEN / f"{whole}.png", clip=clip, animations="disabled", caret="hide")
        self.taken.add(whole)


async def _clip(page: Page, of: Locator | None, down_to: Locator | None) -> Any:
    size = page.viewport_size
    assert size is not None
    if of is not None:
        await of.scroll_into_view_if_needed()
        box = await of.bounding_box()
        assert box is not None
        x, y = max(0.0, box["x"] - MARGIN), max(0.0, box["y"] - CLOSE)
        right = min(size["width"], box["x"] + box["width"] + MARGIN)
        below = min(size["height"], box["y"] + box["height"] + CLOSE)
        return {"x": x, "y": y, "width": right - x, "height": below - y}
    if down_to is not None:
        box = await down_to.bounding_box()
        assert box is not None
        below = min(size["height"], box["y"] + box["height"] + MARGIN)
        return {"x": 0, "y": 0, "width": size["width"], "height": below}
    return None


def _screen_words() -> Iterator[str]:
    """Every text of the app and of the sign-in page, as a pattern; not those without a word of their own."""
    for text in (text for file in TEXTS for text in _leaves(json.loads(file.read_text()))):
        if re.search(r"[A-Za-z]{3}", re.sub(r"\{\{\w+\}\}", "", text)):
            yield ".+".join(re.escape(part) for part in re.split(r"\{\{\w+\}\}", text))
    for line in SIGN_IN_TEXTS.read_text().splitlines():
        yield re.escape(line.partition("=")[2])


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
        return
    for child in node.values():
        yield from _leaves(child)


def agrees(camera: Camera, role: str) -> None:
    """The guide shows what was taken here, all of it and nothing else, and it is kept."""
    assert pictures_in(text_of(role)) == camera.taken
    kept = {path.stem: path.stat().st_size for path in KEPT.glob(f"{role}-*.png")}
    assert kept.keys() == camera.taken
    assert max(kept.values()) < MOST_BYTES, kept
