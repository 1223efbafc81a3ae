"""Group commit: everybody is answered, each with what came of his own."""

import asyncio
from collections.abc import Sequence

import pytest
from pymongo.errors import AutoReconnect

from kit.gathering import Gathering, Unwritten


class Store:
    """Writes groups of numbers, one at a time when told to; an odd one is refused."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.away = False

    async def write(self, group: Sequence[int]) -> list[int | Exception]:
        self.groups.append(list(group))
        await asyncio.sleep(0)
        if self.away:
            raise AutoReconnect("gone")
        return [ValueError(str(one)) if one % 2 else one * 10 for one in group]


@pytest.fixture
def store() -> Store:
    return Store()


async def test_what_comes_while_one_is_written_leaves_together_in_the_next(store: Store) -> None:
    gathering = Gathering(store.write)
    assert await asyncio.gather(*(gathering.put(number) for number in (2, 4, 6))) == [20, 40, 60]
    assert store.groups == [[2, 4, 6]]
    first = asyncio.create_task(gathering.put(2))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    rest = [asyncio.create_task(gathering.put(number)) for number in (4, 6)]
    await asyncio.gather(first, *rest)
    assert store.groups[1:] == [[2], [4, 6]]


async def test_what_is_wrong_with_one_is_told_to_that_one(store: Store) -> None:
    gathering = Gathering(store.write)
    told = await asyncio.gather(*(gathering.put(number) for number in (2, 3, 4)), return_exceptions=True)
    assert told[0::2] == [20, 40]
    assert isinstance(told[1], ValueError)


async def test_who_asks_again_the_moment_he_is_answered_is_answered_again(store: Store) -> None:
    gathering = Gathering(store.write)
    async with asyncio.timeout(5):
        assert [await gathering.put(2) for _ in range(50)] == [20] * 50


async def test_while_storage_is_away_each_is_told_by_himself_and_the_next_is_written(store: Store) -> None:
    gathering = Gathering(store.write)
    store.away = True
    told = await asyncio.gather(gathering.put(2), gathering.put(4), return_exceptions=True)
    assert all(isinstance(one, Unwritten) and isinstance(one.__cause__, AutoReconnect) for one in told)
    assert told[0] is not told[1]
    store.away = False
    assert await gathering.put(2) == 20
