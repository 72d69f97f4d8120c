"""The guide's figures: what a page weighs, and what serving it costs beside a plain page."""

import gzip
import http.client
import re
from dataclasses import dataclass
from statistics import median

from tests.bench.servers import Load, Server, ask, serving

PAGE = "/fi/apua"
ROUNDS, TIMES = 5, 1200
_GZIP = b"\x1f\x8b"
# What a browser fetches by itself for a page: style sheet, script, icon, picture.
_FETCHED = re.compile(rb'<(?:link[^>]+(?:stylesheet|icon)[^>]+href|script[^>]+src|img[^>]+src)="([^"#]+)"')


@dataclass(frozen=True, slots=True)
class Weight:
    """What a page comes to, compressed as a browser asks for it."""

    requests: int
    kilobytes: float


def weight(server: Server, path: str = PAGE, headers: dict[str, str] | None = None) -> Weight:
    """A page with everything that it makes a browser fetch. Bodies only, in kilobytes of 1,000 bytes."""
    body = _body(server, path, headers or {})
    # A page of the staff side is not compressed: it holds a secret beside what somebody typed.
    html = gzip.decompress(body) if body.startswith(_GZIP) else body
    others = sorted({found.group(1).decode() for found in _FETCHED.finditer(html)})
    sizes = [len(body), *(len(_body(server, other, {})) for other in others)]
    return Weight(len(sizes), sum(sizes) / 1000)


def compare() -> tuple[Weight, Load, Load, float]:
    """The page's weight, the last rounds of the guide and of the plain page, and the ratio of their throughputs.

    The ratio is the median over rounds, taken in turn, of the plain page's processor time a request to the guide's.
    """
    with serving("poukama.config.wsgi:application") as ours, serving("tests.bench.plain:application") as plain:
        for server, path in ((ours, PAGE), (plain, "/")):
            ask(server, path, times=TIMES // 4)
        rounds = [(ask(ours, PAGE, times=TIMES), ask(plain, "/", times=TIMES)) for _ in range(ROUNDS)]
        ratio = median(bare.processor_seconds / guide.processor_seconds for guide, bare in rounds)
        return weight(ours), *rounds[-1], ratio


def _body(server: Server, path: str, headers: dict[str, str]) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip, br", **headers})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise AssertionError(f"{path} answered {response.status}")
    return body
