"""Where the probes look: a person's card, a unit's view, and the pages that show them."""

from collections.abc import Callable, Mapping
from typing import Any

from bench.clients import Clients
from bench.mixed.desks import Tokens
from bench.mixed.page import Asked, Page
from bench.mixed.town import Person

REPORTING = "/api/reporting/v1"


class Views:
    """`month` is what pages show (from, to), its last day what is asked for otherwise. Cards are looked at by whose
    they are, units by `reader` (a token). `of_unit` has the quarter asked for, its page, and the page of the whole
    agency, which every frame concerns and on which the quarter is one of many."""

    def __init__(
        self,
        clients: Clients,
        door: tuple[str, int],
        tokens: Tokens,
        reader: str,
        quarter: str,
        month: Mapping[str, str],
    ) -> None:
        self._clients, self._door, self._tokens = clients, door, tokens
        self._month, self._day = dict(month), {"from": month["to"], "to": month["to"]}
        path = f"{REPORTING}/units/card"

        def among(answer: Any) -> Any:
            return next(one["figures"] for one in answer["children"] if one["unit"]["id"] == quarter)

        unit = {"unit": quarter}
        self.pages = {
            "unit page": Page(clients, door, reader, path, self._month | unit, unit=quarter),
            "agency page": Page(clients, door, reader, path, self._month, figures=among),
        }
        self.of_unit: Mapping[str, Asked] = {"unit": Asked(clients, reader, path, self._day | unit), **self.pages}

    def card(self, person: Person) -> Asked:
        """Somebody's own day."""
        return Asked(self._clients, self._tokens.of(person.id), _card(person), self._day)

    def card_page(self, person: Person) -> Page:
        """Somebody's own card, not opened yet."""
        token = self._tokens.of(person.id)
        return Page(self._clients, self._door, token, _card(person), self._month, concerns=_concerns(person.id))

    async def open(self) -> None:
        """The pages that stay open."""
        for page in self.pages.values():
            await page.open()

    async def close(self) -> dict[str, int]:
        """Leave them; how often each has asked again."""
        for page in self.pages.values():
            await page.close()
        return {name: page.asked_again for name, page in self.pages.items()}


def _card(person: Person) -> str:
    return f"{REPORTING}/employees/{person.id}/card"


def _concerns(employee: str) -> Callable[[Any], bool]:
    """Whether a frame names somebody's card, or could not name all."""

    def concerns(frame: Any) -> bool:
        cards = frame["cards"]
        return cards is None or any(one["employee_id"] == employee for one in cards)

    return concerns
