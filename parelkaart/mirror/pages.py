"""A page of the site as a page of the copy: without what only works on the site itself.

Templates say which parts that are, with `data-live-only`, and `data-copy-only` (`hidden` on the
site) is for the copy alone. What a template forgot is found here: a form goes, and a link to
what is not in the copy becomes text.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from lxml import html

from parelkaart.mirror.links import Links

DOCTYPE = "<!doctype html>"
# Links of the head that say where this page comes from, not where something is.
IDENTITIES = ("canonical",)
# Elements that load something -> where that is.
LOADS = {"img": "src", "script": "src", "iframe": "src", "source": "src"}
MAP_DATA = ("data-areas-url", "data-pins-url")


def copied_page(content: bytes, links: Links, day: date) -> bytes:
    root = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    _leave_out(root)
    _replace_forms(root)
    for element in list(root.iter("a")):
        _link(element, links)
    for element in list(root.iter("link")):
        _head_link(element, links)
    _load(root, links)
    _map(root, links)
    _notice(root, links, day)
    page: bytes = html.tostring(root, encoding="utf-8", doctype=DOCTYPE)
    return page


def _leave_out(root: Any) -> None:
    for element in root.xpath("//*[@data-live-only]"):
        element.drop_tree()
    for element in root.xpath("//*[@data-copy-only]"):
        del element.attrib["data-copy-only"]
        element.attrib.pop("hidden", None)
    for element in root.iter(html.etree.Element):
        for name in [name for name in element.attrib if name.startswith("data-hx-")]:
            del element.attrib[name]


def _replace_forms(root: Any) -> None:
    for form in root.xpath("//form"):
        if form.get("role") == "search":
            note = html.fragment_fromstring(render_to_string("mirror/_no_search.html"))
            note.tail = form.tail
            form.getparent().replace(form, note)
        else:
            form.drop_tree()


def _link(element: Any, links: Links) -> None:
    href = element.get("href", "")
    if not href or href.startswith("#") or not links.is_own(href):
        return
    copied = links.copied(href)
    if copied is not None:
        element.set("href", copied)
        return
    element.tag = "span"
    for name in ("href", "rel", "target", "aria-current"):
        element.attrib.pop(name, None)


def _head_link(element: Any, links: Links) -> None:
    if element.get("rel") in IDENTITIES:
        return
    if element.get("rel") == "stylesheet":
        element.set("href", links.needs(element.get("href")))
        return
    copied = links.copied(element.get("href"))
    if copied is None:
        element.drop_tree()
    else:
        element.set("href", copied)


def _load(root: Any, links: Links) -> None:
    for tag, name in LOADS.items():
        for element in root.iter(tag):
            if element.get(name):
                element.set(name, links.needs(element.get(name)))
            if element.get("srcset"):
                sizes = [size.strip().split(" ") for size in element.get("srcset").split(",")]
                element.set("srcset", ", ".join(" ".join([links.needs(u), *w]) for u, *w in sizes))
    for element in root.iter("use"):
        if not element.get("href", "#").startswith("#"):
            element.set("href", links.needs(element.get("href")))


def _map(root: Any, links: Links) -> None:
    for element in root.xpath("//*[@data-areas-url]"):
        for name in MAP_DATA:
            element.set(name, links.needs(element.get(name)))
    for script in root.xpath("//script[@id='map-config']"):
        config = json.loads(script.text)
        for name in ("dataUrl", "pinsUrl", "boundariesUrl"):
            # A fingerprint is for caches; a file has none.
            config[name] = config[name] and links.needs(config[name].partition("?")[0])
        # As json_script does: nothing in it may end the element.
        text = json.dumps(config, ensure_ascii=False)
        script.text = text.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")


def _notice(root: Any, links: Links, day: date) -> None:
    """Before everything that the page says, after the link that skips to it."""
    context = {"day": day, "live_url": f"{links.base}{links.here}"}
    notice = html.fragment_fromstring(render_to_string("mirror/_notice.html", context))
    notice.tail = "\n"
    body = root.find("body")
    skip = body.find_class("skip-link")
    if skip:
        skip[0].addnext(notice)
    else:
        body.find("main").insert(0, notice)
