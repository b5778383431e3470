"""The client against a small server on this machine that answers as it is told."""

import asyncio
import gzip
import time
from contextlib import asynccontextmanager, suppress

import pytest

from benchmarks.load.client import Client, own_machine
from benchmarks.load.plan import Arrival

PLAIN = b'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: "a"\r\n\r\nok'
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
SAME = b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'


@asynccontextmanager
async def a_server(answers, sent, wait=0.0):
    """Gives its address. One answer after the other, the last for ever; an empty one hangs up."""
    writers = []

    async def serve(reader, writer):
        writers.append(writer)
        with suppress(asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                sent.append((len(writers), head.decode()))
                await asyncio.sleep(wait)
                answer = answers[min(len(sent), len(answers)) - 1]
                writer.write(answer)
                if not answer:
                    break
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        await asyncio.sleep(0.01)  # The last connection is being closed.


def visited(arrivals, answers, wait=0.0):
    """The samples, what the server was sent, and how many connections it got."""
    sent = []

    async def run():
        async with a_server(answers, sent, wait) as url:
            client = Client(url)
            await client.run(arrivals, time.monotonic())
            await client.close()
        return client.samples

    samples = asyncio.run(run())
    return samples, [head for _, head in sent], max(number for number, _ in sent)


@pytest.mark.parametrize(
    "url",
    ["http://www.example.org/", "http://localhost:8000", "http://10.0.0.1:80", "https://127.0.0.1"],
)
def test_only_this_machine_is_loaded(url):
    with pytest.raises(SystemExit, match="this machine"):
        own_machine(url)


def test_this_machine_is_named_by_its_number():
    assert own_machine("http://127.0.0.1:8123") == ("127.0.0.1", 8123)


def test_latency_counts_from_the_planned_moment():
    """The second is planned before the first is answered, and does not wait for it."""
    samples, _, connections = visited(
        [Arrival(0.0, "home", "/"), Arrival(0.05, "home", "/")], [PLAIN], wait=0.2
    )

    assert [sample.status for sample in samples] == [200, 200]
    assert all(0.2 <= sample.seconds < 0.35 for sample in samples)
    assert connections == 2


def test_time_that_a_late_client_lost_is_counted():
    samples, _, _ = visited([Arrival(-0.5, "home", "/")], [PLAIN])

    assert samples[0].seconds >= 0.5
    assert samples[0].late >= 0.5


def test_connection_is_kept_and_the_tag_sent_again():
    arrivals = [Arrival(0.0, "home", "/"), Arrival(0.1, "home", "/", again=True)]

    samples, sent, connections = visited(arrivals, [PLAIN, SAME])

    assert [(s.kind, s.status, s.size) for s in samples] == [
        ("home", 200, 2),
        ("home, again", 304, 0),
    ]
    assert 'If-None-Match: "a"' in sent[1]
    assert connections == 1


def test_answer_in_pieces_is_put_together():
    samples, _, _ = visited([Arrival(0.0, "home", "/")], [CHUNKED])

    assert (samples[0].size, samples[0].error) == (5, "")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "status 503"),
        (b"", "IncompleteReadError"),
        (b"nonsense\r\n\r\n", "IndexError"),
    ],
)
def test_what_goes_wrong_is_told(answer, error):
    samples, _, _ = visited([Arrival(0.0, "home", "/")], [answer])

    assert samples[0].error.startswith(error)


def test_text_is_unpacked():
    packed = gzip.compress(b"hallo")
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"

    async def ask():
        async with a_server([head.encode() + packed], []) as url:
            client = Client(url)
            answer = await client.ask("GET", "/")
            await client.close()
        return answer

    assert asyncio.run(ask()).text == "hallo"
