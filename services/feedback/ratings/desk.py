"""Issues codes and takes ratings: what is asked for by ids is looked up, what cannot be done is said in words."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kit.access.people import People
from kit.access.reach import Reach
from kit.access.units import Units
from kit.dated import Dated
from kit.mongo import Document
from kit.problems import FieldError, Problem, of_status
from kit.unit_tree import Tree
from services.feedback.catalogue.models import OwnService, ServiceRecord
from services.feedback.catalogue.store import Catalogue
from services.feedback.ratings import codes
from services.feedback.ratings.giving import Ratings
from services.feedback.ratings.models import IssuedCode, NewCode, NewSheet, OfService, RatedService, Rating
from services.feedback.ratings.rules import RatingsRule
from services.feedback.ratings.sheet import Sheet
from services.feedback.ratings.store import Codes, Expired, ReferenceUsed, Subject, TooMany, Used
from services.feedback.ratings.texts import Texts

NOT_GIVEN = "layanan ini tidak ada dalam katalog atau tidak diberikan hari ini; pilih layanan lain"
NOT_LED = "layanan ini bukan layanan unit Anda atau unit di bawahnya; pilih layanan lain"
ELSEWHERE = (
    "layanan ini bukan layanan unit tempat petugas bertugas hari ini, unit di atasnya, atau unit di bawahnya; pilih "
    "layanan lain, atau minta petugas dari unit pemberi layanan membuat kodenya"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """`zone` is the agency's: what the day is."""

    catalogue: Catalogue
    units: Units
    people: People
    codes: Codes
    ratings: Ratings
    texts: Texts
    rules: Dated[RatingsRule]
    zone: ZoneInfo
    clock: Callable[[], datetime]

    async def issue(self, employee_id: str, sent: NewCode) -> IssuedCode:
        """A code of an employee, for a service of the own unit or of one above or below it: who could make codes for
        any would rate himself elsewhere. Raises Problem 404, 409, 422, 429."""
        now, today = self.clock(), self.today()
        held = await self.people.units(employee_id, today)
        if not held:
            raise of_status(404)
        service = await self._given(sent, today, await self.units.lines(held, today), ELSEWHERE)
        rule, code = self.rule(), codes.new()
        subject = Subject(service.id, service.unit_id, sent.counter or None, employee_id)
        expires_at = now + timedelta(minutes=rule.code_minutes)
        try:
            await self.codes.issue(code, subject, expires_at, sent.reference, today, now, rule.codes_an_hour)
        except ReferenceUsed:
            raise Problem(
                409,
                "reference-used",
                "Nomor ini sudah mendapat kode",
                "Hari ini sudah ada kode untuk nomor layanan tersebut. Satu layanan dinilai satu kali.",
            ) from None
        except TooMany as many:
            raise Problem(
                429,
                "too-many-codes",
                "Terlalu banyak kode dalam satu jam",
                f"Paling banyak {rule.codes_an_hour} kode per jam. Coba lagi dalam {many.seconds // 60 + 1} menit.",
                headers={"Retry-After": str(many.seconds)},
            ) from None
        names = await self._names(service, sent.counter or None)
        return IssuedCode(code=codes.shown(code), path=codes.path_of(code), expires_at=expires_at, **names.model_dump())

    async def issuable(self, employee_id: str) -> list[OwnService]:
        """The services `issue` takes of an employee today; none without a post."""
        today = self.today()
        held = await self.people.units(employee_id, today)
        tree = await self.units.tree(today)
        given = await self.catalogue.of(await self.units.lines(held, today), today)
        found = [OwnService(**one.model_dump(), unit=_unit_name(tree, one.unit_id)) for one in given]
        return sorted(found, key=lambda one: (one.unit_id not in held, one.unit, one.unit_id))

    async def sheet(self, sent: NewSheet, reach: Reach, address: str) -> tuple[Sheet, Callable[[], Awaitable[None]]]:
        """A sheet of new codes, and what makes them valid. Raises Problem 422 for a service of a unit out of reach."""
        today, rule = self.today(), self.rule()
        service = await self._given(sent, today, await self.units_within(reach), NOT_LED)
        names = await self._names(service, sent.counter or None)
        last = today + timedelta(days=rule.sheet_days)
        many = [codes.new() for _ in range(sent.count)]
        subject = Subject(service.id, service.unit_id, names.counter)
        ends = datetime.combine(last + timedelta(days=1), time(), self.zone).astimezone(UTC)
        return Sheet(names, tuple(many), last, address), lambda: self.codes.issue_many(many, subject, ends)

    async def look(self, code: str) -> Document:
        """What a code is for. Raises Unknown, and Problem 409 and 410."""
        try:
            return await self.codes.look(code, self.clock())
        except (Used, Expired) as late:
            raise _late(late) from None

    async def give(self, sent: Rating) -> Document:
        """What the code was for. Raises as `look`."""
        try:
            return await self.ratings.give(sent)
        except (Used, Expired) as late:
            raise _late(late) from None

    async def named(self, code: Document) -> RatedService:
        """The names of what a code is for, also when the service is given no more."""
        return await self._names(await self._service(code), code["counter"])

    async def service(self, code: Document) -> str:
        """The name of the service a code is for."""
        return (await self._service(code)).name

    async def _service(self, code: Document) -> ServiceRecord:
        service = await self.catalogue.one(code["service_id"])
        assert service is not None  # noqa: S101 - services are never deleted
        return service

    async def units_within(self, reach: Reach, unit: str | None = None) -> Collection[str] | None:
        """The units somebody may ask about, those below included; of them `unit` with those below it. None: all."""
        if reach.everyone and unit is None:
            return None
        tree = await self.units.tree(self.today())
        asked = set(tree.subtree(unit)) if unit is not None else None
        if reach.everyone:
            return asked
        mine = {one for top in reach.units for one in tree.subtree(top)}
        return mine if asked is None else mine & asked

    def rule(self) -> RatingsRule:
        """The rule in force today."""
        return self.rules.on(self.today())

    def today(self) -> date:
        """By the agency's clock."""
        return self.clock().astimezone(self.zone).date()

    async def _given(
        self, sent: OfService, today: date, units: Collection[str] | None, elsewhere: str
    ) -> ServiceRecord:
        """A service of `units` (None: of any); `elsewhere` is what is said of one of others."""
        service = await self.catalogue.one(sent.service_id, today)
        if service is None:
            raise of_status(422, errors=[FieldError("/body/service_id", NOT_GIVEN)])
        if units is not None and service.unit_id not in units:
            raise of_status(422, errors=[FieldError("/body/service_id", elsewhere)])
        if sent.counter and sent.counter not in service.counters:
            raise of_status(422, errors=[FieldError("/body/counter", "loket ini bukan loket layanan tersebut")])
        return service

    async def _names(self, service: ServiceRecord, counter: str | None) -> RatedService:
        unit = _unit_name(await self.units.tree(self.today()), service.unit_id)
        return RatedService(service=service.name, unit=unit, counter=counter)


def _unit_name(tree: Tree, unit: str) -> str:
    """Its id where it is not valid today."""
    found = tree.get(unit)
    return found.name if found else unit


def _late(late: Used | Expired) -> Problem:
    if isinstance(late, Used):
        return Problem(
            409,
            "code-used",
            "Kode ini sudah dipakai",
            "Penilaian dengan kode ini sudah diterima. Setiap kode berlaku untuk satu penilaian.",
        )
    return Problem(
        410,
        "code-expired",
        "Kode ini sudah tidak berlaku",
        "Masa berlakunya sudah lewat. Mintalah kode baru kepada petugas bila Anda dilayani lagi.",
    )
