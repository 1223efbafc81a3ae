"""Takes a check-in: known already, refused, or weighed and recorded. Durable when it returns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from pymongo.errors import DuplicateKeyError

from kit import metrics
from kit.mongo import Document, as_kept
from kit.problems import FieldError, Problem, of_status
from services.attendance.checkins.clocks import Moment, moment_of
from services.attendance.checkins.judging import Circumstances, Judgement, digest, judge, punch_id_of
from services.attendance.checkins.models import CheckIn
from services.attendance.checkins.people import People, workplace
from services.attendance.checkins.store import CheckIns
from services.attendance.devices.models import Site
from services.attendance.devices.registry import Registry
from services.attendance.kiosks.codes import Code, holds, read
from services.attendance.kiosks.store import Kiosks
from services.attendance.phones.store import Phones
from services.attendance.punches.refusals import key_reused

OLDEST = timedelta(days=7)
TRIES = 3


def key_from(secret: str) -> bytes:
    """The key of digests, from a configured text."""
    return sha256(b"kinerja check-ins\0" + secret.encode()).digest()


@dataclass(frozen=True, slots=True)
class Desk:
    """`key` marks content and positions that must be recognised but are not kept."""

    checkins: CheckIns
    phones: Phones
    kiosks: Kiosks
    people: People
    registry: Registry
    key: bytes
    clock: Callable[[], datetime]

    async def record(self, employee_id: str, sent: CheckIn) -> tuple[Document, bool]:
        """The recorded row, and whether it is new. Raises Problem for the few things that are refused."""
        received = as_kept(self.clock())
        for _ in range(TRIES):
            known = await self.checkins.one(punch_id_of(employee_id, sent.client_event_id))
            if known is not None:
                if known["content"] != digest(self.key, sent.content()):
                    raise key_reused([FieldError("/body/client_event_id", "kunci ini sudah dipakai dengan isi lain")])
                return known, False
            moment = moment_of(sent, received)
            code, kiosk_site = await self._proof(employee_id, sent, moment)
            row = await self._row(employee_id, sent, moment, kiosk_site, received)
            try:
                await self.checkins.add(row, code)
            except DuplicateKeyError:
                continue  # sent twice at once, or the code was used in this moment: look again
            metrics.CHECKINS.labels(row["place"]["verdict"], row["review"]).inc()
            return row, True
        raise of_status(503, headers={"Retry-After": "1"})

    async def _proof(self, employee_id: str, sent: CheckIn, moment: Moment) -> tuple[Code | None, Site | None]:
        """The kiosk's code and site. Raises Problem for a code that proves nothing."""
        if sent.qr is None:
            return None, None
        code = read(sent.qr)
        kiosk = await self.kiosks.one(code.kiosk_id) if code is not None else None
        if code is None or kiosk is None or kiosk["site_id"] != code.site_id or code.site_id not in self.registry.sites:
            raise _no_proof("Kode ini bukan kode kios yang dikenal. Pindai kode di layar kios lokasi Anda.")
        if not holds(code, kiosk["key"], moment.at):
            raise _no_proof("Kode kios ini sudah berganti. Pindai kode yang sedang tampil di layar kios.")
        if await self.kiosks.used(employee_id, code):
            raise _no_proof("Kode kios ini sudah Anda pakai. Tunggu kode berikutnya, paling lama 30 detik.")
        return code, self.registry.sites[code.site_id]

    async def _row(
        self, employee_id: str, sent: CheckIn, moment: Moment, kiosk_site: Site | None, received: datetime
    ) -> Document:
        if moment.waited > OLDEST:
            raise Problem(
                422,
                "checkin-too-old",
                "Presensi terlalu lama tersimpan di ponsel",
                f"Presensi ini dilakukan lebih dari {OLDEST.days} hari yang lalu. Ajukan koreksi kepada atasan Anda.",
                [FieldError("/body/captured_at", f"lebih dari {OLDEST.days} hari yang lalu")],
            )
        person = await self.people.one(employee_id)
        if person is None:
            raise of_status(404)
        sites = self.registry.sites
        workplace_id = workplace(person, moment.at.date())
        own = sites.get(workplace_id) if workplace_id else None
        judgement = judge(
            sent,
            moment,
            Circumstances(
                employee_id=employee_id,
                own=own,
                sites=sites.values(),
                kiosk_site=kiosk_site,
                owners=frozenset(await self.phones.whose(sent.device.install_id)),
                bound=any(phone["state"] == "active" for phone in await self.phones.of(employee_id)),
                before=await self.checkins.before(employee_id, moment.at),
                key=self.key,
            ),
        )
        if judgement is None:
            raise Problem(
                409,
                "no-workplace",
                "Lokasi kerja belum tercatat",
                "Direktori belum mencatat lokasi kerja Anda. Pindai kode kios, atau minta BKPSDM melengkapinya.",
            )
        return self._document(employee_id, sent, moment, judgement, received)

    def _document(
        self, employee_id: str, sent: CheckIn, moment: Moment, found: Judgement, received: datetime
    ) -> dict[str, Any]:
        trace = found.trace._asdict()
        del trace["at"], trace["day"]
        row: dict[str, Any] = {
            "_id": punch_id_of(employee_id, sent.client_event_id),
            "employee_id": employee_id,
            "client_event_id": sent.client_event_id,
            "content": digest(self.key, sent.content()),
            "kind": sent.kind,
            "occurred_at": as_kept(moment.at),
            "local_date": moment.at.astimezone(ZoneInfo(found.site.zone)).date().isoformat(),
            "zone": found.site.zone,
            "site_id": found.site.site_id,
            "recorded_at": received,
            "place": found.place.model_dump(),
            "doubts": [doubt.model_dump() for doubt in found.doubts],
            "review": found.review,
            "steps": [],
            "trace": trace,
            "selfie": sent.selfie_sha256,
        }
        if found.point is not None:
            row["point"] = found.point.model_dump()
        return row


def _no_proof(detail: str) -> Problem:
    return Problem(
        422, "code-refused", "Kode kios tidak berlaku", detail, [FieldError("/body/qr", "tidak membuktikan tempat")]
    )
