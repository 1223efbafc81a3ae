"""The demo city in a measured system, with a past: loaded by the services' own commands, as by `make run` and
`make demo`."""

import asyncio
from collections.abc import Sequence

from bench.demo import past
from bench.morning.city import Api
from bench.system import System
from bench.workload import say
from deploy.local.demo_city import load_when_empty


async def load(system: System, words: Sequence[str]) -> dict[str, float]:
    """The city and a past of `words` (`--days 30 --people 500`), complete in the views; events and seconds of the past.

    Raises RuntimeError when a command fails.
    """
    edge = f"http://{system.settings.host}:{system.settings.edge}"
    api = Api(edge, system.token)
    try:
        if not await load_when_empty(system.settings, system.secrets, say, lambda _name, _line: None):
            raise RuntimeError(f"the demo city could not be loaded: see {system.data}")
        before = await past.position(api)
        began = asyncio.get_running_loop().time()
        if code := await past.load(api, system.settings, system.secrets, words, before):
            raise RuntimeError(f"the past could not be loaded (exit code {code}): see {system.data}")
        seconds = asyncio.get_running_loop().time() - began
        after = await past.position(api)
        return {"events": sum(after.records.values()) - sum(before.records.values()), "seconds": round(seconds, 1)}
    finally:
        await api.close()
