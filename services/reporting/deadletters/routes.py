"""/dead-letters: records that could not be folded; the operator looks, puts them back, or gives them up."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from kit.access import Principal
from kit.access.reads import Noting, noting
from kit.problems import FieldError, Problem, documented, of_status
from kit.projector import deadletters
from kit.projector.deadletters import Actor
from services.reporting.access import FOLDING, LETTERS
from services.reporting.asking import AWAY
from services.reporting.deadletters import store
from services.reporting.deadletters.models import (
    Dropping,
    LetterDetail,
    LetterItem,
    LetterPage,
    Replayed,
    Replaying,
    Status,
)
from services.reporting.deadletters.sender import Sender
from services.reporting.deadletters.store import LetterStore
from services.reporting.reading import Reads

router = APIRouter(prefix="/api/reporting/v1/dead-letters", tags=["dead letters"], responses=AWAY)
Identity = Annotated[str, Path(max_length=300, description="As the list says it: view:topic:partition:offset")]
Noted = Annotated[Noting, Depends(noting)]
MISSING = documented({404: "Catatan tidak ditemukan"})
ENDED = documented({409: "Catatan tidak menunggu"})


@router.get("", dependencies=[Depends(FOLDING)])
async def list_dead_letters(
    reads: Reads,
    status: Status = "waiting",
    view: Annotated[str | None, Query(max_length=80)] = None,
    ids: Annotated[
        list[str], Query(alias="id", max_length=50, description="These letters, whatever became of them; one page")
    ] = [],  # noqa: B006 - FastAPI copies it
    cursor: Annotated[str | None, Query(max_length=600)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> LetterPage:
    """Letters, newest first, without what they say."""
    before = store.read_cursor(cursor) if cursor else None
    if cursor and before is None:
        raise of_status(422, errors=[FieldError("/query/cursor", "bukan kursor dari jawaban sebelumnya")])
    letters = LetterStore(reads.db)
    rows = await letters.these(ids) if ids else await letters.page(status, view, before, limit + 1)
    counts = await letters.counts()
    shown = rows if ids else rows[:limit]
    return LetterPage(
        items=[store.item(row) for row in shown],
        next_cursor=store.write_cursor(shown[-1]) if len(rows) > len(shown) else None,
        counts={
            one: sum(n for (_, of), n in counts.items() if of == one) for one in ("waiting", "replayed", "dropped")
        },
        views=sorted({of for of, _ in counts}),
    )


@router.get("/{letter_id}", dependencies=[Depends(LETTERS)], responses=MISSING)
async def get_dead_letter(reads: Reads, letter_id: Identity, noted: Noted) -> LetterDetail:
    """One letter with all it says; that you have looked is noted for the employees it names."""
    letters = LetterStore(reads.db)
    row = await letters.one(letter_id)
    if row is None:
        raise of_status(404)
    incomplete = await letters.incomplete(letter_id)
    await noted(store.named(row, incomplete))
    return store.detail(row, incomplete, await reads.people.people(store.acted(row)))


@router.post("/replay", dependencies=[Depends(LETTERS)])
async def replay_dead_letters(request: Request, reads: Reads, body: Replaying) -> Replayed:
    """Put letters back on their topic; the projector folds them or refuses them again. Answered once the broker has
    them."""
    sender: Sender = request.app.state.sender
    answer = Replayed(put_back=[], not_waiting=[])
    for letter in dict.fromkeys(body.ids):
        async with sender.connected() as producer:
            sent = await deadletters.replay(reads.db, producer, letter, _actor(request))
        (answer.put_back if sent else answer.not_waiting).append(letter)
    return answer


@router.post("/{letter_id}/drop", dependencies=[Depends(LETTERS)], responses=MISSING | ENDED)
async def drop_dead_letter(request: Request, reads: Reads, letter_id: Identity, body: Dropping) -> LetterItem:
    """Give a letter up, with the reason. Whom it concerns stays marked incomplete."""
    dropped = await deadletters.drop(reads.db, letter_id, body.reason, _actor(request))
    row = await LetterStore(reads.db).one(letter_id)
    if row is None:
        raise of_status(404)
    if not dropped:
        raise Problem(
            409,
            "dead-letter-not-waiting",
            "Catatan ini tidak menunggu",
            "Catatan ini sudah berhasil diolah atau sudah dilepas. Muat ulang daftarnya.",
        )
    return store.item(row)


def _actor(request: Request) -> Actor:
    principal: Principal = request.scope["principal"]
    return Actor(principal.subject, principal.employee_id)
