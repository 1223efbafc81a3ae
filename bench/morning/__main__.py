"""The live part of `make demo`, also by itself: a working morning against the running system.

212 terminals speak their real protocol.
Two hours pass in three minutes; --speed 1 plays them as they happen.
"""

import argparse
import asyncio
import os
import secrets
import sys
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import uvloop

from bench.morning import board, city, clock, plan, where
from bench.morning.arrival import END, START
from bench.morning.city import Api, CityTerminal, NotReady
from bench.morning.player import Player
from bench.morning.probe import Probe
from bench.morning.screen import Screen
from deploy.local.errors import CannotStart

BOARD_ZONE = "Asia/Jakarta"  # whose date the board shows when none is asked for
SETTLE_LOOKS, SETTLE_PAUSE = 120, 0.5


async def morning(edge: str, door: tuple[str, int], token: str, *, speed: float, seed: int | None, stay: bool) -> int:
    """Play it; the exit code: 0 when every punch is acknowledged and counted. Raises NotReady."""
    api = Api(edge, token)
    try:
        terminals = await city.read(api)
        on = datetime.now(ZoneInfo(BOARD_ZONE)).date()
        script = plan.write(terminals, _walls(terminals, speed), Random(seed or secrets.randbits(63)))
        before, (present, expected) = await board.fleet(api), await board.presence(api, str(on))
        screen = Screen(sys.stdout, expected)
        screen.opening(script, len(terminals), speed, present)
        probe = Probe(api)
        player = Player(terminals, script, door, speed, probe.recorded)
        for serial, terminal in player.terminals.items():
            terminal.held = before.stored.get(serial, 0)
        await player.connect()
        playing = asyncio.create_task(player.play(START * 60, END * 60))
        while not playing.done():
            present, _ = await board.presence(api, str(on))
            screen.progress(player, probe.times, present)
            await asyncio.wait({playing}, timeout=screen.pause)
        await playing
        await probe.settled()
        after = await _settled(api, before.total + len(script.accepted))
        present, _ = await board.presence(api, str(on))
        complete = after.total - before.total == len(script.accepted) or seed is not None
        screen.closing(player, probe, before, after, present, complete=complete)
        if stay:
            screen.staying()
            await asyncio.Event().wait()
        player.stop()
        return 0 if complete and not probe.missed else 1
    finally:
        await api.close()


def _walls(terminals: list[CityTerminal], speed: float) -> dict[str, clock.Wall]:
    """The wall of each zone in which there are terminals."""
    on = datetime.now(ZoneInfo(BOARD_ZONE)).date()
    walls = {}
    for zone in {terminal.zone for terminal in terminals}:
        now = datetime.now(ZoneInfo(zone)).replace(tzinfo=None)
        midnight = datetime(on.year, on.month, on.day)  # noqa: DTZ001 - wall times have no zone
        walls[zone] = clock.present(now) if speed <= 1 else clock.wall(midnight, now - timedelta(seconds=1))
    return walls


async def _settled(api: Api, total: int) -> board.Fleet:
    """The fleet once it has as many punches, or after a minute."""
    fleet = await board.fleet(api)
    for _ in range(SETTLE_LOOKS):
        if fleet.total >= total:
            break
        await asyncio.sleep(SETTLE_PAUSE)
        fleet = await board.fleet(api)
    return fleet


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.morning", description=__doc__)
    parser.add_argument("--speed", type=float, default=40.0, help="simulated seconds in one (default 40: 3 minutes)")
    parser.add_argument("--seed", type=int, help="the same people at the same times again")
    parser.add_argument("--stay", action="store_true", help="keep the terminals connected afterwards, until Ctrl-C")
    asked = parser.parse_args()
    if asked.speed <= 0:
        parser.error("--speed must be above 0")
    try:
        address = where.running(os.environ)
        code = uvloop.run(
            morning(address.edge, address.door, address.token, speed=asked.speed, seed=asked.seed, stay=asked.stay)
        )
    except (NotReady, CannotStart, TimeoutError) as error:
        print(f"\nkinerja: {error}", file=sys.stderr)
        code = 2
    except KeyboardInterrupt:
        print()
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
