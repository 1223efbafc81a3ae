"""Connections over real sockets on the loopback."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bench.terminals.link import Link
from bench.terminals.wire import Answer

REQUEST = b"GET /iclock/ping HTTP/1.1\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(serve: Serve) -> AsyncIterator[int]:
    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        finally:
            writer.close()

    listening = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        listening.close()


async def ask(link: Link) -> Answer | None:
    answered: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
    link.ask(REQUEST, answered.set_result)
    return await asyncio.wait_for(answered, 5)


class Counting:
    """Answers in pieces; counts connections."""

    def __init__(self) -> None:
        self.connections = 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while await reader.readuntil(b"\r\n\r\n"):
            for at in range(0, len(ANSWER), 7):
                writer.write(ANSWER[at : at + 7])
                await writer.drain()


async def test_a_kept_connection_is_used_again_and_a_closed_one_is_opened_anew() -> None:
    for keep, expected in ((True, 1), (False, 3)):
        serve = Counting()
        async with server(serve) as port:
            link = Link("127.0.0.1", port, keep_alive=keep)
            answers = [await ask(link) for _ in range(3)]
            link.close()
        assert [answer.body for answer in answers if answer] == [b"OK"] * 3
        assert serve.connections == expected


async def test_a_server_that_hangs_up_gives_no_answer_and_the_next_request_a_new_connection() -> None:
    asked = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        await reader.readuntil(b"\r\n\r\n")
        asked += 1
        if asked > 1:
            writer.write(ANSWER)

    async with server(serve) as port:
        link = Link("127.0.0.1", port, keep_alive=True)
        assert await ask(link) is None
        answer = await ask(link)
        assert answer is not None
        assert answer.body == b"OK"
        link.close()


async def test_nobody_listening_and_nobody_answering_give_no_answer() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with server(silent) as port:
        link = Link("127.0.0.1", port, keep_alive=True, timeout=0.05)
        assert await ask(link) is None
        assert not link.busy
    assert await ask(Link("127.0.0.1", port, keep_alive=True)) is None


async def test_what_is_no_http_gives_no_answer() -> None:
    async def rude(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"what?\r\n\r\n")

    async with server(rude) as port:
        assert await ask(Link("127.0.0.1", port, keep_alive=False)) is None
