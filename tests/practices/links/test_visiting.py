"""What is asked of a site, how, and what its answer means."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from practices.links.addresses import INSIDE, OTHER_PORT
from practices.links.visiting import NO_ANSWER, NO_SUCH_NAME, TOO_MANY_REDIRECTS, Result
from tests.practices.links.server import AGENT


@pytest.mark.parametrize(
    ("status", "result", "reason"),
    [
        (200, Result.WORKS, ""),
        (204, Result.WORKS, ""),
        (304, Result.WORKS, ""),
        (416, Result.WORKS, ""),
        (
            403,
            Result.WORKS,
            "De site laat onze controle niet toe (403). Kijk zelf of de link werkt.",
        ),
        (
            401,
            Result.WORKS,
            "De site laat onze controle niet toe (401). Kijk zelf of de link werkt.",
        ),
        (404, Result.GONE, "De pagina bestaat niet meer (404)."),
        (410, Result.GONE, "De pagina bestaat niet meer (410)."),
        (429, Result.TROUBLE, "De site meldt een storing (429)."),
        (500, Result.TROUBLE, "De site meldt een storing (500)."),
        (503, Result.TROUBLE, "De site meldt een storing (503)."),
    ],
)
def test_status_says_how_it_is_with_a_link(site, status, result, reason):
    site.answers["/"] = status

    outcome = site.visitor().visit(site.url())

    assert (outcome.result, outcome.reason, outcome.answered) == (result, reason, True)


def test_page_that_is_there_is_asked_for_its_head_only(site):
    site.visitor().visit(site.url("/a?b=c"))

    assert site.asked == [("HEAD", "/a?b=c")]
    assert site.headers[0]["User-Agent"] == AGENT
    assert site.headers[0]["Host"] == f"site.test:{site.port}"


def test_site_that_refuses_head_is_asked_as_a_reader_asks_for_a_small_part(site):
    site.answers["/"] = lambda handler: handler.send_error(
        405 if handler.command == "HEAD" else 404
    )

    assert site.visitor().visit(site.url()).result == Result.GONE
    assert [method for method, _ in site.asked] == ["HEAD", "GET"]
    assert site.headers[1]["Range"] == "bytes=0-1023"


def test_no_more_than_the_first_lines_of_a_large_page_is_taken(site):
    sent = []

    def pour(handler):
        if handler.command == "HEAD":
            handler.send_error(405)
            return
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(2_000):
                handler.wfile.write(b"x" * 65_536)
                sent.append(65_536)
        except OSError:
            return

    site.answers["/"] = pour

    assert site.visitor().visit(site.url()).result == Result.WORKS
    time.sleep(0.2)
    assert sum(sent) < 20_000_000  # what the system itself holds on the way


def test_redirects_are_followed_as_far_as_allowed(site):
    for n in range(7):
        site.answers[f"/{n}"] = (302, f"/{n + 1}#deel")
    site.answers["/7"] = 404

    visit = site.visitor().visit

    assert visit(site.url("/2")).result == Result.GONE
    too_far = visit(site.url("/1"))
    assert (too_far.result, too_far.reason) == (Result.TROUBLE, TOO_MANY_REDIRECTS)


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://intern.test:{port}/geheim", INSIDE),
        ("http://site.test:22/", OTHER_PORT),
        ("ftp://site.test/", "Dit is geen adres van een pagina."),
    ],
)
def test_redirect_to_where_we_may_not_go_is_not_followed(site, location, reason):
    names = {"site.test": "127.0.0.1", "intern.test": "127.0.0.2"}
    site.answers["/"] = (301, location.format(port=site.port))

    outcome = site.visitor(resolve=lambda host, _: [names[host]]).visit(site.url())

    assert (outcome.result, outcome.reason) == (Result.REFUSED, reason)
    assert site.asked == [("HEAD", "/")]


def test_address_that_may_not_be_visited_gets_no_request_at_all(site):
    outcome = site.visitor(rule=lambda _: False).visit(site.url())

    assert (outcome.result, outcome.answered, site.asked) == (Result.REFUSED, False, [])


def test_connection_goes_to_the_address_that_was_checked(site):
    """The name means something else the second time it is looked up: nobody looks again."""
    looked_up = []

    def changing(host, port):
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["169.254.169.254"]

    assert site.visitor(resolve=changing).visit(site.url()).result == Result.WORKS
    assert (looked_up, site.asked) == (["site.test"], [("HEAD", "/")])


def test_name_that_does_not_exist_is_trouble_for_now(site):
    def unknown(host, port):
        raise socket.gaierror

    outcome = site.visitor(resolve=unknown).visit(site.url())

    assert (outcome.result, outcome.reason, outcome.is_silence) == (
        Result.TROUBLE,
        NO_SUCH_NAME,
        True,
    )


def test_port_where_nobody_listens_is_trouble_for_now(site):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    visitor = site.visitor(ports={"http": port, "https": port})

    assert visitor.visit(f"http://site.test:{port}/").reason == NO_ANSWER


def test_second_address_of_a_name_is_tried_when_the_first_is_silent(site):
    visitor = site.visitor(resolve=lambda *_: ["::1", "127.0.0.1"], rule=lambda _: True)

    assert visitor.visit(site.url()).result == Result.WORKS


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_site_that_talks_too_slowly_is_left(site, scheme):
    """One byte at a time would keep any timeout of a socket waiting."""
    ended = threading.Event()

    def drip(listener):
        while not ended.is_set():
            try:
                line, _ = listener.accept()
            except OSError:
                continue
            with line, suppress(OSError):
                line.sendall(
                    b"HTTP/1.1 200 OK\r\nX: " if scheme == "http" else b"\x16\x03\x03\x3f\xff"
                )
                while not ended.wait(0.02):
                    line.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        port = listener.getsockname()[1]
        thread = threading.Thread(target=drip, args=[listener])
        thread.start()
        visitor = site.visitor(ports={"http": port, "https": port}, request_seconds=0.3)
        started = time.monotonic()
        outcome = visitor.visit(f"{scheme}://site.test:{port}/")
        took = time.monotonic() - started
        ended.set()
        thread.join()

    assert (outcome.result, outcome.reason) == (Result.TROUBLE, NO_ANSWER)
    assert took < 5


def test_one_host_is_asked_once_in_each_pause(site):
    visitor = site.visitor(pause=0.15)
    started = time.monotonic()
    for path in ("/a", "/b", "/c"):
        visitor.visit(site.url(path))
    same_host = time.monotonic() - started
    started = time.monotonic()
    for host in ("a.test", "b.test", "c.test"):
        visitor.visit(site.url(host=host))

    assert same_host >= 0.3 > time.monotonic() - started


@pytest.mark.parametrize("url", ["http://[", "http://site.test:99999/", "nergens", "http://\x00/"])
def test_odd_address_never_raises(site, url):
    assert site.visitor().visit(url).result == Result.REFUSED
