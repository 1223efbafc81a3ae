"""Birth, entry into service, number, ranks and titles of one demo employee."""

from dataclasses import dataclass
from datetime import date

from services.directory.demo.chance import pick, roll, weighted
from services.directory.employees.models import Number, Rank, Status
from services.directory.employees.numbers import NumberKind, Sex
from services.directory.employees.ranks import PNS_RANKS
from services.directory.validity import DAY

# The city is drawn as of this day, so that it is the same whenever it is loaded (ages stay lawful until 2038).
DRAWN = date(2026, 6, 30)
MONTHS = (1, 2, 3, 4, 5, 10, 12)  # in which appointments take effect
PROMOTIONS = (4, 10)  # ranks rise on 1 April and 1 October
SCALE = tuple(PNS_RANKS)
AGES = {"jpt_pratama": (46, 57), "administrator": (40, 56), "pengawas": (34, 54), "staff": (25, 57)}
RANK_RANGES = {  # by level, else by schooling: lowest and highest rank of PNS
    "jpt_pratama": ("IV/b", "IV/d"),
    "administrator": ("III/d", "IV/b"),
    "pengawas": ("III/c", "III/d"),
    "sma": ("II/a", "II/d"),
    "diploma": ("II/c", "III/b"),
    "perawat": ("II/c", "III/c"),
    "bidan": ("II/c", "III/c"),
}
PPPK_RANK = {"sma": "V", "diploma": "VII", "perawat": "VII", "bidan": "VII", "dokter": "X", "dokter gigi": "X"}
AGREEMENTS = ("11", "12", "21", "24", "05")


@dataclass(frozen=True, slots=True)
class Career:
    """What the numbers of one person are made from. `started` is the first day in service."""

    status: Status
    sex: Sex
    born: date
    started: date
    was_pppk_until: date | None = None


def career(n: int, level: str) -> Career:
    """The career of employee `n`; `level` is a kind of structural post or "staff"."""
    sex: Sex = "female" if roll(n, "sex", 100) < (53 if level == "staff" else 38) else "male"
    status: Status = "pns"
    if level == "staff":
        status = weighted(n, "status", (("pns", 62), ("pppk", 26), ("pppk_part_time", 7), ("cpns", 5)))
    youngest, oldest = (21, 31) if status == "cpns" else AGES[level]
    born = date(DRAWN.year - youngest - roll(n, "age", oldest - youngest + 1), 1 + roll(n, "month", 12), 1)
    born = born.replace(day=1 + roll(n, "day", 28))
    if status == "cpns":
        return Career(status, sex, born, date(2025 + roll(n, "entry", 2), 3, 1))
    if status != "pns":
        return Career(status, sex, born, date(2021 + roll(n, "entry", 5), pick(n, "entry month", (1, 3, 4)), 1))
    if level == "staff" and roll(n, "was pppk", 60) == 0 and born.year >= 1990:
        return Career(status, sex, born, date(2024, pick(n, "entry month", MONTHS[:5]), 1), date(2024, 1, 1) - DAY)
    year = min(born.year + 21 + roll(n, "entry", 10), 2023)
    return Career(status, sex, born, date(year, pick(n, "entry month", MONTHS), 1))


class Sequences:
    """Hands out the last three digits: first come, first served among people born and appointed together."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def numbers(self, n: int, life: Career) -> tuple[Number, ...]:
        """The numbers of employee `n`. People must be asked for in the order of their ordinals."""
        kind: NumberKind = "pns" if life.status in ("pns", "cpns") else "pppk"
        numbers = [Number(number=self._next(n, life, kind, life.started), kind=kind, valid_from=life.started)]
        if life.was_pppk_until:
            before = date(2021, 3, 1)
            number = self._next(n, life, "pppk", before)
            last = life.started - DAY
            numbers.insert(0, Number(number=number, kind="pppk", valid_from=before, valid_to=last))
        return tuple(numbers)

    def _next(self, n: int, life: Career, kind: NumberKind, started: date) -> str:
        middle = f"{started:%m}" if kind == "pns" else pick(n, "agreement", AGREEMENTS)
        prefix = f"{life.born:%Y%m%d}{started:%Y}{middle}{1 if life.sex == 'male' else 2}"
        self._taken[prefix] = self._taken.get(prefix, 0) + 1
        return f"{prefix}{self._taken[prefix]:03}"


def ranks(n: int, life: Career, level: str, schooling: str) -> tuple[Rank, ...]:
    """The present rank, and the one before it where there was one."""
    if life.status.startswith("pppk"):
        return (Rank(code=PPPK_RANK.get(schooling, "IX"), valid_from=life.started),)
    low, high = RANK_RANGES.get(level) or RANK_RANGES.get(schooling) or ("III/a", "IV/a")
    lowest, highest = SCALE.index(low), SCALE.index(high)
    served = DRAWN.year - life.started.year
    reached = min(lowest + roll(n, "rank", 2) + served // 7, highest)
    promoted = date(2020 + roll(n, "promoted", 6), pick(n, "promotion month", PROMOTIONS), 1)
    if reached == lowest or promoted <= life.started or life.status == "cpns":
        return (Rank(code=SCALE[lowest], valid_from=life.started),)
    before = Rank(code=SCALE[reached - 1], valid_from=life.started, valid_to=promoted - DAY)
    return before, Rank(code=SCALE[reached], valid_from=promoted)


def titles(n: int, level: str, schooling: str) -> tuple[str, str]:
    """Academic titles (before, after the name) that fit the post."""
    if level in ("jpt_pratama", "administrator"):
        before = pick(n, "title", ("", "", "", "Dr.", "Drs.", "Ir.") if level == "jpt_pratama" else ("", "", "Drs."))
        masters = ("M.Si.", "S.Sos., M.Si.", "S.H., M.H.", "S.E., M.M.", "S.STP., M.AP.", "S.T., M.T.", "S.IP., M.Si.")
        after = pick(n, "degree", masters)
        return before, after.split(", ")[-1] if before in ("Drs.", "Ir.") else after
    options: dict[str, tuple[tuple[str, str], ...]] = {
        "guru": (("", "S.Pd."), ("", "S.Pd."), ("", "S.Pd., M.Pd."), ("", "S.Ag."), ("", "S.Pd.I.")),
        "perawat": (("", "A.Md.Kep."), ("", "S.Kep., Ns."), ("", "S.Kep.")),
        "bidan": (("", "A.Md.Keb."), ("", "S.Tr.Keb.")),
        "dokter": (("dr.", ""), ("dr.", ""), ("dr.", "Sp.PD."), ("dr.", "Sp.A.")),
        "dokter gigi": (("drg.", ""),),
        "apoteker": (("apt.", "S.Farm."),),
        "komputer": (("", "S.Kom."), ("", "A.Md.Kom."), ("", "S.Kom., M.Kom.")),
        "diploma": (("", "A.Md."), ("", "")),
        "sma": (("", ""),),
    }
    usual = (("", "S.E."), ("", "S.Sos."), ("", "S.H."), ("", "S.AP."), ("", "S.T."), ("", "S.IP."), ("", "S.P."))
    return pick(n, "degree", options.get(schooling, usual))
