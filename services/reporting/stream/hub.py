"""Between the feed and the readers: steps at most five a second, worked out once for all readers of a question.

One turn of the hub: take what the tail brought as one step, remember it in the ring, bring the boards that somebody
looks at up to date, load the people who moved once, make one frame per question, hand its bytes to every reader of
that question, then let in who has just come. Turns do not overlap, so a reader misses nothing between its catch-up and
its first live frame.
"""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime

import structlog
from pymongo.errors import PyMongoError

from kit.mongo import Document
from services.reporting.devices.fleet import Fleet
from services.reporting.devices.models import DeviceTotals
from services.reporting.freshness.models import Freshness
from services.reporting.freshness.position import ViewPosition
from services.reporting.organisation.register import Organisation
from services.reporting.presence.people import PeopleStore
from services.reporting.presence.persons import newest_first, person
from services.reporting.presence.totals import TotalsStore
from services.reporting.stream import frames
from services.reporting.stream.board import Board
from services.reporting.stream.frames import PersonFrame, Placed, Question
from services.reporting.stream.reader import Reader
from services.reporting.stream.ring import Ring, Step, merged
from services.reporting.stream.tail import Change, Idle, Opened, Said, is_token

log = structlog.get_logger()

GATHER_SECONDS = 0.01
FRESHNESS_SECONDS = 2.0
PEOPLE_LOADED = 1_000
DATES_MOST = 64


class Crowded(RuntimeError):
    """No more readers, or no more different dates, can be served by this process."""


class Hub:
    """`pause`: seconds between two steps. `today`: the date of readers that asked for none."""

    def __init__(
        self,
        organisation: Organisation,
        fleet: Fleet,
        position: ViewPosition,
        totals: TotalsStore,
        people: PeopleStore,
        *,
        today: Callable[[], date],
        lagging_seconds: float,
        pause: float = 0.2,
        readers_most: int = 2_000,
    ) -> None:
        self.following = False
        self.token: str | None = None
        self._organisation, self._fleet, self._position = organisation, fleet, position
        self._totals, self._people = totals, people
        self._today = today
        self._lagging_seconds = lagging_seconds
        self._pause = pause
        self._readers_most = readers_most
        self._ring = Ring()
        self._boards: dict[str, Board] = {}
        self._readers: set[Reader] = set()
        self._joining: list[Reader] = []
        self._pending: list[Change] = []
        self._wake = asyncio.Event()
        self._stepped = self._freshness_at = 0.0
        self._fleet_said: DeviceTotals | None = None

    def hear(self, said: Said) -> None:
        """Listener of the tail."""
        if isinstance(said, Change):
            self._pending.append(said)
            self._wake.set()
        elif isinstance(said, Opened):
            self._pending.clear()
            self._ring.begin(said.token)
            self.token, self.following = said.token, True
            if said.gap:
                self._to_all(frames.reset(said.token))
        elif isinstance(said, Idle) and not self._pending and said.token > (self.token or ""):
            self.token = said.token

    def join(self, reader: Reader) -> None:
        """Let a reader in at the next turn. Raises Crowded."""
        dates = {*self._boards, *(one.date or "" for one in self._joining)}
        if len(self) >= self._readers_most or (reader.date not in dates and len(dates) >= DATES_MOST):
            raise Crowded
        self._joining.append(reader)
        self._wake.set()

    def close(self) -> None:
        """End every connection: the process is about to stop."""
        for reader in (*self._readers, *self._joining):
            reader.close()

    def __len__(self) -> int:
        return len(self._readers) + len(self._joining)

    async def run(self) -> None:
        """Turn until cancelled. A turn that the database fails is made good by readers asking for everything again."""
        while True:
            await self._rest()
            try:
                await self._turn()
            except PyMongoError as error:
                log.warning("the live stream cannot read, readers start anew", error=str(error))
                self._boards.clear()
                self._to_all(frames.reset(self.token))
                await asyncio.sleep(1)

    async def _rest(self) -> None:
        now = asyncio.get_running_loop().time()
        if not self._pending and not self._joining:
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, self._freshness_at + FRESHNESS_SECONDS - now)):
                    await self._wake.wait()
        self._wake.clear()
        now = asyncio.get_running_loop().time()
        if self._pending:
            await asyncio.sleep(max(GATHER_SECONDS, self._stepped + self._pause - now))

    async def _turn(self) -> None:
        for reader in [reader for reader in self._readers if reader.closed]:
            self._readers.discard(reader)
        self._turn_the_day()
        await self._step()
        await self._let_in()
        self._tell_devices()
        await self._tell_freshness()

    async def _step(self) -> None:
        if not self._pending:
            return
        changes, self._pending = self._pending, []
        self._stepped = asyncio.get_running_loop().time()
        step = merged(changes[-1].token, (_step(change) for change in changes))
        self._ring.add(step)
        self.token = step.token
        if not self._readers:
            self._boards.clear()  # nobody keeps them up to date from here on
            return
        await self._refresh(step)
        await self._send(step, self._readers)

    async def _refresh(self, step: Step) -> None:
        """Bring the boards up to date with a step; forget those nobody looks at. One that a turn without a database has
        dropped while somebody looked at it is read anew."""
        looked_at = {reader.question.date for reader in self._readers if reader.question}
        self._boards = {day: board for day, board in self._boards.items() if day in looked_at}
        for day in looked_at - self._boards.keys():
            self._boards[day] = await self._board(day)
        for day, board in self._boards.items():
            if step.employees:
                await board.load_expected()
            if units := {unit for unit, on in step.units if on == day}:
                await board.refresh(units)

    async def _send(self, step: Step, readers: Iterable[Reader], *, whole: bool = False) -> None:
        """One frame per question. `whole`: readers who cannot be shown everyone who moved are told to start anew."""
        as_of = datetime.now(UTC)
        people, cards = await self._moved(step)
        crowded = len(step.days) > PEOPLE_LOADED
        for question, asking in _by_question(readers).items():
            tree = self._organisation.tree(date.fromisoformat(question.date))
            if whole and (crowded or len(frames.select(question, tree, people)) > frames.PEOPLE_MOST):
                frame, named = frames.reset(step.token), []
            else:
                moved = {unit for unit, on in step.units if on == question.date}
                if step.employees:
                    moved |= set(tree.subtree(question.unit))
                board = self._boards[question.date]
                said = frames.answer(question, tree, board, moved=moved, people=people, cards=cards, as_of=as_of)
                if said is None:
                    continue
                frame, named = frames.presence(said, step.token), [one.employee_id for one in said.people]
            for reader in asking:
                reader.push(frame, named)

    async def _moved(self, step: Step) -> tuple[list[PersonFrame], list[Placed] | None]:
        """The people whose punches moved, newest first, and all whose cards did with the unit of the day (None: too
        many to look at). Who is in no unit, or whom the directory has not told of, is left out."""
        wanted = dict.fromkeys((*step.days[-PEOPLE_LOADED:], *step.cards[-PEOPLE_LOADED:]))
        rows = await self._people.days(list(wanted)) if wanted else {}
        found = newest_first([rows[day] for day in step.days[-PEOPLE_LOADED:] if day in rows])
        known = await self._people.people({day["employee"] for day in found}) if found else {}
        people = [self._person(known[day["employee"]], day) for day in found if day["employee"] in known]
        if len(step.cards) > PEOPLE_LOADED:
            return people, None
        placed = [rows[day] for day in step.cards if day in rows and rows[day]["unit"] is not None]
        return people, [Placed(day["employee"], day["date"], day["unit"]) for day in placed]

    def _person(self, employee: Document, day: Document) -> PersonFrame:
        on = date.fromisoformat(day["date"])
        row = person((employee, day), day["date"], self._organisation.tree(on), self._organisation)
        return PersonFrame.model_construct(**dict(row), date=on)

    async def _let_in(self) -> None:
        arrived = list(self._joining)
        joining = [reader for reader in arrived if not reader.closed]
        if not arrived:
            return
        fleet, token = frames.devices(self._fleet.totals()), self.token
        freshness = frames.freshness(await self._freshness(), token)
        for reader in joining:
            question = reader.question = self._question(reader)
            if question.date not in self._boards:
                self._boards[question.date] = await self._board(question.date)
            await self._catch_up(reader, question)
            reader.push(fleet)
            reader.push(freshness)
        # Only now: when the database fails in between, the next turn lets them in.
        del self._joining[: len(arrived)]
        self._readers.update(joining)

    async def _catch_up(self, reader: Reader, question: Question) -> None:
        if reader.token is None:
            tree = self._organisation.tree(date.fromisoformat(question.date))
            now = [question.unit, *tree.children(question.unit)]
            said = frames.answer(
                question, tree, self._boards[question.date], moved=now, people=[], cards=[], as_of=datetime.now(UTC)
            )
            if said is not None:
                reader.push(frames.presence(said, self.token))
            return
        steps = self._ring.after(reader.token) if is_token(reader.token) else None
        if steps is None:
            reader.push(frames.reset(self.token))
        elif steps:
            await self._send(merged(steps[-1].token, steps), [reader], whole=True)

    async def _board(self, day: str) -> Board:
        board = Board(self._totals, day)
        await board.load()
        return board

    def _question(self, reader: Reader) -> Question:
        day = reader.date or str(self._today())
        unit = reader.unit or self._organisation.tree(date.fromisoformat(day)).top()
        return Question(unit, day, reader.reach)

    def _turn_the_day(self) -> None:
        """Midnight, or another root: readers that asked for no date or unit look at another question from now on."""
        for reader in self._readers:
            if reader.unit and reader.date:
                continue
            question = self._question(reader)
            if question != reader.question:
                reader.token = ""  # older than everything: told to start anew
                self._joining.append(reader)
        self._readers.difference_update(self._joining)

    def _tell_devices(self) -> None:
        totals = self._fleet.totals()
        if totals != self._fleet_said:
            self._fleet_said = totals
            self._to_all(frames.devices(totals))

    async def _tell_freshness(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._freshness_at < FRESHNESS_SECONDS:
            return
        self._freshness_at = now
        if self._readers:
            self._to_all(frames.freshness(await self._freshness(), self.token))

    async def _freshness(self) -> Freshness:
        return (await self._position.read()).freshness(self._lagging_seconds)

    def _to_all(self, frame: bytes) -> None:
        for reader in self._readers:
            reader.push(frame)


def _step(change: Change) -> Step:
    return Step(change.token, frozenset(change.units), tuple(change.days), change.employees, tuple(change.cards))


def _by_question(readers: Iterable[Reader]) -> dict[Question, list[Reader]]:
    asked: dict[Question, list[Reader]] = {}
    for reader in readers:
        if reader.question is not None and not reader.closed:
            asked.setdefault(reader.question, []).append(reader)
    return asked
