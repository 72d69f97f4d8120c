"""Reads a page as a person does: its text block by block, in order; its headings, its tables, how easy it is."""

import re
from collections.abc import Iterator

from django.test.html import Element, parse_html

BLOCKS = {"h1", "h2", "h3", "p", "li", "dt", "dd", "th", "td", "caption", "summary", "blockquote"}
# What stands on every page and is not the page's own: the links onward and the box with the number.
ASIDES = {"nav", "aside", "header", "footer"}


def tree(html: str) -> Element:
    """The page as a tree."""
    return parse_html(html)


def elements(node: Element | str) -> Iterator[Element]:
    """Every element, in the order in which it is read."""
    if isinstance(node, str):
        return
    yield node
    for child in node.children:
        yield from elements(child)


def named(node: Element, *names: str) -> list[Element]:
    """The elements of these names, in order."""
    return [each for each in elements(node) if each.name in names]


def attribute(node: Element, name: str) -> str | None:
    """An attribute's value; empty for one without a value, None for one that is absent."""
    return next((value or "" for key, value in node.attributes if key == name), None)


def having(node: Element, name: str, value: str | None = None) -> list[Element]:
    """The elements with this attribute, of this value if one is given."""
    found = ((each, attribute(each, name)) for each in elements(node))
    return [each for each, has in found if has is not None and value in {None, has}]


def text(node: Element | str) -> str:
    """All the text of an element, with single spaces."""
    return " ".join(" ".join(_texts(node)).split())


def _texts(node: Element | str) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    else:
        for child in node.children:
            yield from _texts(child)


def own(page: Element) -> Element:
    """The page's own part: `main`, without the links onward and the box with the number."""
    main = named(page, "main")[0]
    return _without_asides(main)


def _without_asides(node: Element) -> Element:
    copy = Element(node.name, node.attributes)
    for child in node.children:
        if isinstance(child, str):
            copy.children.append(child)
        elif child.name not in ASIDES and attribute(child, "class") != "phone":
            copy.children.append(_without_asides(child))
    return copy


def blocks(node: Element) -> Iterator[str]:
    """The texts of the innermost blocks, in order: what a reader takes in one at a time."""
    for each in elements(node):
        if each.name in BLOCKS:
            inner = any(child.name in BLOCKS for child in elements(each) if child is not each)
            if not inner and (said := text(each)):
                yield said


def sentences(node: Element) -> list[str]:
    """The sentences of a page. A block ends one; so do a full stop and a question mark before a space."""
    return [part for block in blocks(node) for part in re.split(r"(?<=[.?!])\W?\s+", block) if words(part)]


def words(said: str) -> list[str]:
    """The words of a text, numbers included."""
    return re.findall(r"[\w'\N{RIGHT SINGLE QUOTATION MARK}-]+", said)


def lix(node: Element) -> float:
    """The readability index LIX: words a sentence, and words of more than six letters in a hundred."""
    said = sentences(node)
    all_words = [word for sentence in said for word in words(sentence)]
    long = [word for word in all_words if len(word) > 6]
    return len(all_words) / len(said) + 100 * len(long) / len(all_words)
