"""Receipts over HTTP: an employee's own, and the public keys they verify with."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from kit.access.reads import Noting, noting
from kit.period import check_period
from kit.problems import Problem
from services.attendance.access import RECEIPT_KEYS, RECEIPTS
from services.attendance.receipts.hashing import canonical
from services.attendance.receipts.keys import Keys
from services.attendance.receipts.models import Receipt
from services.attendance.receipts.store import Receipts
from services.attendance.receipts.verifying import misfits
from services.attendance.receipts.views import PublicKeys, PublicKeyView, ReceiptList, entry_view

API = "/api/attendance/v1"
MOST = 1_000
Noted = Annotated[Noting, Depends(noting)]
First = Annotated[date, Query(alias="from")]
Last = Annotated[date, Query(alias="to")]
PunchId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


def own_router(receipts: Receipts, keys: Keys) -> APIRouter:
    """The routes under /employees/{employee_id}/receipts."""
    routes = APIRouter(
        prefix=f"{API}/employees/{{employee_id}}/receipts", tags=["receipts"], dependencies=[Depends(RECEIPTS)]
    )

    @routes.get("", summary="Presensi seorang pegawai yang sudah punya tanda terima")
    async def list_receipts(employee_id: str, first: First, last: Last, noted: Noted) -> ReceiptList:
        """By local date of the punch, oldest first. A punch has its receipt a second or two after it was recorded."""
        check_period(first, last)
        rows, total = await receipts.own(employee_id, first, last, MOST)
        await noted([employee_id])
        return ReceiptList(items=[entry_view(row) for row in rows], total=total)

    @routes.get("/{punch_id}", summary="Tanda terima satu presensi, untuk disimpan", response_model=Receipt)
    async def get_receipt(employee_id: str, punch_id: PunchId, noted: Noted) -> Response:
        """A small JSON file that proves punch and time of recording without this system: keep it as it is. How it is
        verified: docs/runbooks/receipts.md."""
        found = await receipts.receipt(employee_id, punch_id)
        if found is None:
            raise Problem(
                404,
                "receipt-not-found",
                "Belum ada tanda terima",
                "Tanda terima dibuat beberapa detik setelah presensi tercatat. Muat ulang sebentar lagi. Bila tetap "
                "tidak ada, laporkan ke pengelola kepegawaian dengan menyebut waktu presensi Anda.",
            )
        if misfits(found, await keys.public()):
            raise Problem(
                409,
                "receipt-broken",
                "Tanda terima tidak cocok lagi",
                "Data tanda terima ini berubah sesudah disegel. Laporkan ke Inspektorat; bila Anda pernah "
                "mengunduhnya, sertakan berkas itu.",
            )
        await noted([employee_id])
        name = f"tanda-terima-{found.punch['local_date']}-{punch_id[:8]}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(canonical(found.model_dump()), media_type="application/json", headers=headers)

    return routes


def router(keys: Keys) -> APIRouter:
    """The route /receipts/keys."""
    routes = APIRouter(prefix=f"{API}/receipts", tags=["receipts"], dependencies=[Depends(RECEIPT_KEYS)])

    @routes.get("/keys", summary="Kunci publik tanda terima")
    async def list_receipt_keys() -> PublicKeys:
        """All that have ever signed, oldest first, with the time of each: old receipts verify after a change of key."""
        rows = await keys.all()
        return PublicKeys(
            items=[
                PublicKeyView(key_id=row["_id"], pem=row["public"], since=row["since"], until=row["until"])
                for row in rows
            ]
        )

    return routes
