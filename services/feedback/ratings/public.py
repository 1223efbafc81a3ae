"""What citizens use, without an account: the code is all they have and all that is asked for.

Bodies are small here, guesses are dear (guard.py), and neither code, text nor address is logged.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from fastapi import APIRouter, Request

from kit.problems import Problem, documented
from kit.proxies import Proxies
from services.feedback.ratings.desk import Desk
from services.feedback.ratings.guard import Guard, Unknown
from services.feedback.ratings.models import Rating, RatingForm, ReasonText, SentCode, Thanks
from services.feedback.ratings.reasons import REASONS

KIBIBYTE = 1024
ANSWERS = documented(
    {
        404: "Kode tidak dikenal",
        409: "Kode sudah dipakai",
        410: "Kode tidak berlaku lagi",
        413: "Isi terlalu besar",
        429: "Terlalu banyak percobaan; Retry-After menyebut berapa detik",
        503: "Belum tersimpan; kirim lagi sebentar lagi",
    }
)


def router(desk: Desk, guard: Guard, proxies: Proxies) -> APIRouter:
    """The routes under /public."""
    routes = APIRouter(prefix="/api/feedback/v1/public", tags=["public"], responses=ANSWERS)

    @contextmanager
    def attempt(request: Request) -> Iterator[None]:
        try:
            with guard.attempt(proxies.caller(request.scope)):
                yield
        except Unknown:
            raise Problem(
                404,
                "code-unknown",
                "Kode tidak dikenal",
                "Periksa kode pada kartu atau layar petugas, lalu ketik sekali lagi.",
            ) from None

    @routes.post("/codes", summary="Untuk layanan apa sebuah kode", max_body_size=KIBIBYTE)
    async def look_at_code(body: SentCode, request: Request) -> RatingForm:
        """What a code is for and which reasons may be tapped. It stays unused."""
        with attempt(request):
            code = await desk.look(body.code)
        names = await desk.named(code)
        reasons = [ReasonText(**asdict(reason)) for reason in REASONS]
        return RatingForm(reasons=reasons, expires_at=code["expires_at"], **names.model_dump())

    @routes.post("/ratings", status_code=201, summary="Beri penilaian", max_body_size=16 * KIBIBYTE)
    async def give_rating(body: Rating, request: Request) -> Thanks:
        """Counted once when this answers 201; of two with the same code at once one is told 409. Nothing that is kept
        says who gave it, with which code or at what instant; the text is published days later."""
        with attempt(request):
            code = await desk.give(body)
        return Thanks(service=await desk.service(code))

    return routes
