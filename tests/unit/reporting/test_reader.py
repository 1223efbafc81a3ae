"""A connection whose browser is quick, slow or gone."""

import asyncio
from collections.abc import Iterable
from typing import Any

from kit import metrics
from services.reporting.stream import frames
from services.reporting.stream.reader import RETRY, EventStream, Reader

Message = dict[str, Any]


async def nobody(people: Iterable[str]) -> None:
    """Where no frame names anybody."""
    assert not list(people)


def reader(most: int = 3) -> Reader:
    return Reader(None, None, None, most)


async def test_frames_are_taken_together_in_order() -> None:
    one = reader()
    one.push(b"a")
    one.push(b"b")
    assert await one.take() == (b"ab", set())
    waiting = asyncio.create_task(one.take())
    await asyncio.sleep(0)
    assert not waiting.done()
    one.push(b"c")
    assert (await waiting)[0] == b"c"


async def test_a_slow_reader_starts_anew_and_holds_no_more_than_its_queue() -> None:
    one = reader(most=3)
    for number in range(1000):
        one.push(b"%d;" % number)
        assert len(one._frames) <= 3
    taken, _ = await one.take()
    assert taken.startswith(b"event: reset")
    assert taken.endswith(b"999;")


async def test_a_closed_reader_ends() -> None:
    one = reader()
    waiting = asyncio.create_task(one.take())
    await asyncio.sleep(0)
    one.close()
    assert (await waiting)[0] == b""


async def test_the_answer_ends_when_the_browser_leaves() -> None:
    one, sent, gone = reader(), asyncio.Queue[Message](), asyncio.Event()

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        await sent.put(message)

    answering = asyncio.create_task(EventStream(one, nobody)({"type": "http"}, receive, send))
    started = await sent.get()
    headers = dict(started["headers"])
    assert headers[b"content-type"].startswith(b"text/event-stream")
    assert b"content-length" not in headers
    assert (await sent.get())["body"] == RETRY
    one.push(b"x")
    assert (await sent.get())["body"] == b"x"
    gone.set()
    await asyncio.wait_for(answering, 2)
    assert one.closed


async def test_whom_a_frame_names_is_noted_before_it_is_sent() -> None:
    one, happened = reader(), asyncio.Queue[object]()

    async def noted(people: Iterable[str]) -> None:
        await asyncio.sleep(0)
        await happened.put(sorted(people))

    async def receive() -> Message:
        await asyncio.Event().wait()
        return {}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body" and message["body"]:
            await happened.put(message["body"])

    answering = asyncio.create_task(EventStream(one, noted)({"type": "http"}, receive, send))
    one.push(b"x", ["e-2", "e-1"])
    one.push(b"y", ["e-2"])
    assert [await happened.get() for _ in range(3)] == [RETRY, ["e-1", "e-2"], b"xy"]
    one.push(b"z")
    assert [await happened.get() for _ in range(2)] == [[], b"z"]
    one.close()
    await asyncio.wait_for(answering, 2)


async def test_the_answer_ends_in_order_when_the_process_stops() -> None:
    one, sent = reader(), asyncio.Queue[Message]()

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Any) -> None:
        await sent.put(message)

    answering = asyncio.create_task(EventStream(one, nobody)({"type": "http"}, receive, send))
    await sent.get()
    one.close()
    await asyncio.wait_for(answering, 2)
    last = [sent.get_nowait() for _ in range(sent.qsize())][-1]
    assert last == {"type": "http.response.body", "body": b"", "more_body": False}


def test_frames_are_counted_by_what_they_tell() -> None:
    def told(event: str) -> float:
        return metrics.SSE_FRAMES.labels(event=event)._value.get()  # type: ignore[no-any-return]

    before = told("freshness"), told("reset")
    slow = reader(most=2)
    for _ in range(3):
        slow.push(frames.event("freshness", None, b"{}"))
    assert (told("freshness"), told("reset")) == (before[0] + 3, before[1] + 1)
