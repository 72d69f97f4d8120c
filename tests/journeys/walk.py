"""One walk past every public page, as a telephone shows it, with everything noted that the journeys ask about."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Page

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The bottom edge of the first number that dials, and of the big one where there is one.
NUMBER = """() => {
  const bottom = what => document.querySelector(what)?.getBoundingClientRect().bottom ?? null;
  return [bottom("a[href^='tel:']"), bottom(".phone .primary")];
}"""
FOUND = """async () => ({
  title: document.title,
  metas: [...document.querySelectorAll("meta[content]")].map(each => each.content),
  files: [...document.querySelectorAll("link[href], script[src]")].map(each => each.href || each.src),
  links: [...document.querySelectorAll("a[href^='/']")].map(each => each.pathname),
  kept: [document.cookie, localStorage.length, sessionStorage.length],
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
COVERED = """share => {
  scrollTo(0, share * document.documentElement.scrollHeight);
  const way = document.querySelector(".leave");
  const box = way.getBoundingClientRect();
  const points = [[.1, .2], [.5, .5], [.9, .8]].map(([x, y]) => [box.x + box.width * x, box.y + box.height * y]);
  return points.every(([x, y]) => way.contains(document.elementFromPoint(x, y)));
}"""
STOP = """() => [document.activeElement.getAttribute("href"),
  document.activeElement.getBoundingClientRect().top >= 0]"""
WIDE, NARROW, LOW, LOWEST = (360, 640), (320, 640), (320, 480), (320, 256)


@dataclass
class Seen:
    """A page as it was found. `asked` are the addresses requested, `said` what the console and failed requests said."""

    path: str
    found: dict[str, Any]
    asked: list[str]
    said: list[str]
    sizes: list[float]
    stops: list[list[Any]] = field(default_factory=list)
    free: list[bool] = field(default_factory=list)
    numbers: dict[tuple[int, int], list[float | None]] = field(default_factory=dict)
    overflow: dict[tuple[int, int], int] = field(default_factory=dict)
    big: tuple[int, float] = (0, 0.0)


def walk(page: Page, url: str, paths: list[str]) -> list[Seen]:
    """Past every one of these pages of a server, in a window of WIDE."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("response", lambda answer: said.append(answer.url) if answer.status >= 400 else None)
    sizes = sizes_of(page.context.new_cdp_session(page))
    seen = []
    for path in paths:
        for noted in (asked, said, sizes):
            noted.clear()
        page.goto(f"{url}/{path}")
        found = page.evaluate(FOUND)
        each = Seen(path, found, list(asked), [], list(sizes))
        _look(page, each)
        each.said = list(said)
        seen.append(each)
    return seen


def sizes_of(session: CDPSession) -> list[float]:
    """The sizes of what comes over the wire from now on, in bytes, with no cache."""
    sizes: list[float] = []
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    return sizes


def _look(page: Page, each: Seen) -> None:
    """Down the page, along its first stops of the keyboard, in windows of every size, and with large letters."""
    each.numbers[WIDE] = page.evaluate(NUMBER)
    each.free = [page.evaluate(COVERED, share) for share in (0, 0.5, 1)]
    page.evaluate("scrollTo(0, 0)")
    for _ in range(2):
        page.keyboard.press("Tab")
        each.stops.append(page.evaluate(STOP))
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    for size in (NARROW, LOW, LOWEST):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        each.numbers[size], each.overflow[size] = page.evaluate(NUMBER), page.evaluate(OVERFLOW)
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    top = page.evaluate("document.querySelector(\"a[href^='tel:']\").getBoundingClientRect().top")
    each.big = page.evaluate(OVERFLOW), top
