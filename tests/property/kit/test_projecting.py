"""Whatever the batches, deliveries, deaths and rivals: every record counts once, in its order, and so does poison.

The view counts what it is given without looking whether it has it already, so a record folded twice, lost or out of
order shows. Only the database is in memory; decoding, folding, positions and the transaction are the real ones.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.envelope import attribute
from kit.projector.breaker import Breaker, Limits
from kit.projector.deadletters import ANSWERS, INCOMPLETE, LETTERS
from kit.projector.outcomes import Fenced, Retry
from kit.projector.shards import shard_ids
from kit.projector.unit import Unit
from tests.integration.kit.tally import PEOPLE, PUNCH, TOTALS, Tally
from tests.property.kit.memory import Killed, Memory
from tests.unit.kit.projector.records import Record, record

PARTITIONS = 2
TOPIC = "punches"
NEVER = Limits(run=10**9, share=1.0)
Said = tuple[int, str]
"""A person (whose number says the partition) and what the record is: good, junk, refused, tombstone, unknown."""


@dataclass
class Log:
    """A topic: everything that was ever said, by partition."""

    partitions: list[list[Record]] = field(default_factory=lambda: [[] for _ in range(PARTITIONS)])

    def say(self, person: int, what: str, letter: str = "") -> None:
        """Append one record."""
        number = person % PARTITIONS
        rows = self.partitions[number]
        punch = f"{what}-{number}-{len(rows)}"
        body: Any = {"punch_id": punch, "employee_id": f"person-{person}"}
        if what == "refused":
            Tally.refused.add(punch)
        rows.append(
            record(
                "id.test.unknown.v1" if what == "unknown" else PUNCH,
                {"junk": b"{", "tombstone": None}.get(what, body),
                offset=len(rows),
                partition=number,
                topic=TOPIC,
                key=f"person-{person}",
                before=(),
                after=(("ce_id", punch.encode()), *(((ANSWERS, letter.encode()),) if letter else ())),
            )
        )

    def of(self, what: str) -> list[Record]:
        """The records of one sort."""
        return [row for rows in self.partitions for row in rows if punch_of(row).startswith(what)]


def punch_of(row: Record) -> str:
    """What is in the header says it also where the body is junk."""
    return attribute(row.headers, "ce_id")


@dataclass
class Process:
    """What the runner makes of a unit: claim, go to the positions, batch after batch, again where it says so."""

    memory: Memory
    log: Log

    def __post_init__(self) -> None:
        database: Any = self.memory
        self.unit = Unit(Tally(), database, database, view="tally_v1", suffix="_v1", breaker=Breaker(NEVER))
        self.at: dict[int, int] = {}
        self.claim()

    def claim(self) -> None:
        """Become the owner of everything."""
        for partition in range(PARTITIONS):
            self.at[partition] = self.unit.claim(partition).get(TOPIC, 0)

    def work(self, sizes: tuple[int, ...], *, again: int = 0) -> None:
        """One batch of so many records of each partition, `again` of them delivered already."""
        batches = {}
        for partition, size in enumerate(sizes):
            rows = self.log.partitions[partition]
            start = max(0, self.at[partition] - again)
            if taken := rows[start : self.at[partition] + size]:
                batches[partition] = taken
        while batches:
            try:
                self.unit.process(batches)
                for partition, rows in batches.items():
                    self.at[partition] = max(self.at[partition], rows[-1].offset + 1)
                return
            except Retry:
                continue
            except Fenced:
                self.claim()
                return


actions = st.one_of(
    st.tuples(st.just("work"), st.tuples(st.integers(0, 6), st.integers(0, 6)), st.integers(0, 5)),
    st.tuples(st.just("die"), st.integers(0, 14), st.integers(1, 6)),
    st.tuples(st.just("lose"), st.integers(0, 14), st.integers(1, 6)),
    st.tuples(st.just("rival"), st.integers(1, 6), st.integers(0, 1)),
    st.tuples(st.just("restart"), st.just(0), st.just(0)),
)
sorts = st.sampled_from(["good", "good", "good", "good", "junk", "refused", "tombstone", "unknown"])
histories = st.lists(st.tuples(st.integers(0, 4), sorts), max_size=30)


def run(memory: Memory, log: Log, script: list[tuple[Any, ...]]) -> Process:
    """Let a process live through the script, then drain the log undisturbed."""
    process = Process(memory, log)
    for kind, first, second in script:
        match kind:
            case "work":
                process.work(first, again=second)
            case "die" | "lose":
                memory.end_at(first, lose=kind == "lose")
                try:
                    process.work((second, second))
                except Killed:
                    process = Process(memory, log)
                memory.end_at(None)
            case "rival":
                rival, process = process, Process(memory, log)
                if second:
                    process.work((first, first))
                told = contents(memory)
                try_as_zombie(rival, first)
                assert contents(memory) == told
            case "restart":
                process = Process(memory, log)
    for _ in range(2):
        process.work((10**6, 10**6))
    return process


def contents(memory: Memory) -> Any:
    """Everything the database holds."""
    return deepcopy({name: rows for name, rows in memory.rows.items() if rows})


def try_as_zombie(rival: Process, size: int) -> None:
    """It still believes in its positions; whatever it tries, it is fenced."""
    batches = {
        partition: rows
        for partition in range(PARTITIONS)
        if (rows := rival.log.partitions[partition][rival.at[partition] : rival.at[partition] + size])
    }
    if batches:
        try:
            folded, _ = rival.unit.process(batches)
        except Fenced:
            return
        assert folded == 0, "a zombie committed"


@settings(max_examples=300, deadline=None)
@given(said=histories, script=st.lists(actions, max_size=12))
def test_every_record_counts_once_and_in_order(said: list[Said], script: list[tuple[Any, ...]]) -> None:
    Tally.refused.clear()
    memory, log = Memory(), Log()
    for person, what in said:
        log.say(person, what)
    run(memory, log, script)

    good: dict[str, list[str]] = {}
    for row in log.of("good"):
        assert row.key is not None
        good.setdefault(row.key.decode(), []).append(punch_of(row))
    people = memory.rows.get(PEOPLE + "_v1", {})
    assert {who: row["punches"] for who, row in people.items()} == good
    shards = memory.rows.get(TOTALS + "_v1", {})
    assert shards.keys() <= set(shard_ids("all"))
    assert sum(row["punches"] for row in shards.values()) == len(log.of("good"))
    poison = [*log.of("junk"), *log.of("refused")]
    letters = {f"tally_v1:{TOPIC}:{row.partition}:{row.offset}": row for row in poison}
    assert memory.rows.get(LETTERS, {}).keys() == letters.keys()
    gaps: dict[str, set[str]] = {}
    for letter, row in letters.items():
        assert row.key is not None
        gaps.setdefault(row.key.decode(), set()).add(letter)
    assert {who: set(row["letters"]) for who, row in memory.rows.get(INCOMPLETE, {}).items()} == gaps
    for number, rows in enumerate(log.partitions):
        checkpoint = memory.rows["checkpoints"][f"tally_v1:p{number:02d}"]
        assert [row["offset"] for row in checkpoint["next"]] == ([len(rows)] if rows else [])


@settings(max_examples=100, deadline=None)
@given(said=histories, answered=st.lists(st.booleans(), min_size=40, max_size=40), script=st.lists(actions, max_size=8))
def test_replays_answer_exactly_their_letters(
    said: list[Said], answered: list[bool], script: list[tuple[Any, ...]]
) -> None:
    """Some letters are replayed once the cause is mended; a replay is a record, and deaths fall on it as on any."""
    Tally.refused.clear()
    memory, log = Memory(), Log()
    for person, what in said:
        log.say(person, what)
    run(memory, log, script)
    Tally.refused.clear()
    waiting = [row for row in memory.rows.get(LETTERS, {}).values() if row["topic"] == TOPIC]
    mended = [row for row, yes in zip(waiting, answered, strict=False) if yes]
    for row in mended:
        log.say(int(row["key"].decode().removeprefix("person-")), "good", letter=row["_id"])
    run(memory, log, script)
    letters = memory.rows.get(LETTERS, {})
    assert {one for one, row in letters.items() if row["status"] == "replayed"} == {row["_id"] for row in mended}
    left = {one for one, row in letters.items() if row["status"] == "waiting"}
    marked = [letter for row in memory.rows.get(INCOMPLETE, {}).values() for letter in row["letters"]]
    assert sorted(marked) == sorted(left)
    assert sum(row["punches"] for row in memory.rows.get(TOTALS + "_v1", {}).values()) == len(log.of("good"))
