"""Bodies of any size, in any pieces."""

from collections.abc import MutableMapping
from hashlib import sha256
from typing import Any

import pytest

from services.attendance.devices.body import OVERSIZE_KEPT, Body, BodyTooLarge, Disconnected, InFlight, Share, read_body
from services.attendance.devices.tables import count_lines
from services.attendance.punches.intake import PART_LINES, split

MIB = 1024 * 1024


async def receive(chunks: list[bytes], most: int = 4 * MIB, room: int = 16 * MIB, hang_up: bool = False) -> Body:
    messages: list[MutableMapping[str, Any]] = [
        {"type": "http.request", "body": chunk, "more_body": hang_up or number < len(chunks) - 1}
        for number, chunk in enumerate(chunks)
    ]
    if hang_up:
        messages.append({"type": "http.disconnect"})

    async def next_message() -> MutableMapping[str, Any]:
        return messages.pop(0)

    total = InFlight(room)
    share = Share(total)
    try:
        body = await read_body(next_message, most, share)
    finally:
        share.give_back()
    total.take(room)  # everything was given back
    return body


@pytest.mark.parametrize("chunks", [[b""], [b"abc"], [b"a", b"", b"bc"], [b"x" * MIB] * 4])
async def test_whole(chunks: list[bytes]) -> None:
    body = await receive(chunks)
    assert (body.data, body.size, body.oversize) == (b"".join(chunks), len(b"".join(chunks)), False)


@pytest.mark.parametrize("size", [1000, 65_536, 4 * MIB + 1])
async def test_beyond_the_limit_only_the_beginning_is_kept(size: int) -> None:
    content = b"".join(b"%07d\n" % number for number in range(4 * MIB // 8 + 3)) + b"\n \nlast"
    body = await receive([content[start : start + size] for start in range(0, len(content), size)])
    assert body.oversize
    assert body.data == content[: len(body.data)]
    assert len(body.data) <= OVERSIZE_KEPT
    assert (body.size, body.digest, body.lines) == (len(content), sha256(content).hexdigest(), count_lines(content))


async def test_a_terminal_that_hangs_up_is_not_answered() -> None:
    with pytest.raises(Disconnected):
        await receive([b"abc"], hang_up=True)


async def test_memory_is_bounded() -> None:
    with pytest.raises(BodyTooLarge):
        await receive([b"x" * 600, b"x" * 600], room=1000)


@pytest.mark.parametrize("body", [b"", b"x", b"a\n" * (3 * PART_LINES + 7), b"y" * (9 * MIB), b"\n" * 9000])
def test_parts_join_to_the_body(body: bytes) -> None:
    parts = list(split(body))
    assert b"".join(parts) == body
    assert all(part.count(b"\n") <= PART_LINES for part in parts)
    assert all(part.endswith(b"\n") for part in parts[:-1] if len(part) < 4 * MIB)
    assert len(parts) <= 1 + len(body)
