"""What may be said, taken back, answered and asked, and what a day comes to. Pure.

A note is about one of the seven core values BerAKHLAK (SE Menteri PANRB 20/2021); feedback at any time is asked for by
PermenPANRB 6/2022 (umpan balik berkelanjutan).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from services.feedback.notes.models import NotesTally, Tone

Row = Mapping[str, Any]
Days = set[tuple[str, str]]
"""Employee and local day."""

WITHDRAWABLE = timedelta(minutes=15)
ANSWER_CHANGEABLE = timedelta(days=1)
DAYS_BACK = 366
LEAST_WORDS = 5


class Refused(ValueError):
    """It is not possible; `field` names what is wrong in the body ("" = the whole), the message says why."""

    def __init__(self, why: str, field: str = "") -> None:
        super().__init__(why)
        self.field = field


def check_words(tone: Tone, words: str) -> None:
    """Who should do better is told what. Raises Refused."""
    if tone == "improve" and len(words) < LEAST_WORDS:
        raise Refused("tuliskan apa yang sebaiknya diperbaiki; pegawai membacanya", "words")


def check_day(day: date | None, today: date) -> None:
    """Whether something may be said of a day. Raises Refused."""
    if day is not None and day > today:
        raise Refused("tanggal ini belum tiba", "date")
    if day is not None and (today - day).days >= DAYS_BACK:
        raise Refused("paling lama satu tahun yang lalu", "date")


def check_praise(author: str, employee: str) -> None:
    """Whether somebody may praise somebody of the same office. Raises Refused."""
    if author == employee:
        raise Refused("pujian untuk diri sendiri tidak dapat dicatat; pilih rekan Anda")


def fulfilled(request: Row | None, employee: str, note_id: str) -> dict[str, Any]:
    """A request after a note answered it. Raises Refused."""
    if request is None or request["employee_id"] != employee:
        raise Refused("permintaan ini tidak ada", "request_id")
    return _closed(request, "answered") | {"note_id": note_id}


def declined(request: Row, words: str, by: str | None, at: datetime) -> dict[str, Any]:
    """A request after the superior declined it. Raises Refused."""
    return _closed(request, "declined") | {"declined": {"words": words, "by": by, "at": at}}


def _closed(request: Row, status: str) -> dict[str, Any]:
    if request["status"] != "open":
        raise Refused("permintaan ini sudah dijawab; muat ulang daftarnya")
    return {**{key: value for key, value in request.items() if key != "open_for"}, "status": status}


def thing(employee: str, activity_id: str | None, day: date | None) -> str:
    """What is asked for: open requests for the same are one."""
    return f"{employee}|{activity_id or day or ''}"


def check_request(superior: str | None, known: Sequence[Row]) -> None:
    """Whether feedback may be asked for; `known` are the open requests for the same. Raises Refused."""
    if superior is None:
        raise Refused("direktori tidak menyebut atasan Anda; laporkan lewat halaman Data saya, lalu minta lagi")
    if known:
        raise Refused("permintaan yang sama masih menunggu jawaban atasan Anda")


def withdrawable_until(note: Row) -> datetime | None:
    """Until when the author may take a note back; None when that is over, whatever the time."""
    if note["status"] != "standing" or note["answer"] is not None:
        return None
    until: datetime = note["given_at"] + WITHDRAWABLE
    return until


def withdrawn(note: Row, at: datetime) -> dict[str, Any]:
    """A note after its author took it back: it counts nowhere, and its words are gone. Raises Refused."""
    if note["status"] == "withdrawn":
        raise Refused("catatan ini sudah dibatalkan")
    if note["answer"] is not None:
        raise Refused("catatan ini sudah dijawab, jadi tidak dapat dibatalkan")
    if at > note["given_at"] + WITHDRAWABLE:
        raise Refused("catatan hanya dapat dibatalkan dalam 15 menit; beri catatan baru bila ada yang perlu diluruskan")
    return {**note, "status": "withdrawn", "words": "", "withdrawn_at": at}


def reopened(request: Row, others: Sequence[Row]) -> dict[str, Any]:
    """A request after its note was withdrawn: it waits again, unless the same was asked for in between."""
    if others:
        return {**request, "status": "lapsed", "note_id": None}
    day = date.fromisoformat(request["date"]) if request["date"] else None
    open_for = thing(request["employee_id"], request["activity_id"], day)
    return {**request, "status": "open", "note_id": None, "open_for": open_for}


def answered(note: Row, words: str, at: datetime, on: date) -> dict[str, Any]:
    """A note with the receiver's answer, which stays as it is a day after it was first given. Raises Refused."""
    if note["status"] != "standing":
        raise Refused("catatan ini sudah dibatalkan oleh pemberinya")
    before = note["answer"]
    if before is not None and at > before["at"] + ANSWER_CHANGEABLE:
        raise Refused("jawaban hanya dapat diubah sampai sehari sesudah diberikan")
    first = {"at": at, "on": str(on)} if before is None else {"at": before["at"], "on": before["on"]}
    return {**note, "answer": {**first, "words": words}}


def concerned(before: Row | None, after: Row) -> Days:
    """Whose days may come to something else by a change of a note."""
    found: Days = set()
    for note in (before, after):
        if note is not None:
            found |= {(note["author_id"], note["given_on"]), (note["employee_id"], note["given_on"])}
            found |= {(note["employee_id"], note["answer"]["on"])} if note["answer"] else set()
    return found


def tally(employee: str, day: str, notes: Iterable[Row], requested: int) -> NotesTally:
    """What one day of somebody comes to, from the notes that concern it and the number of requests made."""
    found = NotesTally(requested=requested)
    for note in notes:
        if note["status"] != "standing":
            continue
        praise = note["kind"] == "praise"
        if note["author_id"] == employee and note["given_on"] == day:
            found.praise_given += praise
            found.given += not praise
        if note["employee_id"] == employee and note["given_on"] == day:
            found.praise_received += praise
            found.received += not praise
        if note["employee_id"] == employee and note["answer"] and note["answer"]["on"] == day:
            found.answered += 1
    return found


def summed(days: Iterable[Row]) -> NotesTally:
    """What several days come to."""
    sums = dict.fromkeys(NotesTally.model_fields, 0)
    for day in days:
        for field in sums:
            sums[field] += day[field]
    return NotesTally(**sums)
