"""Errors over HTTP: RFC 9457 always, every bad field at once, nothing internal."""

import json
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import httpx
import pytest
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from kit.problems import BY_STATUS, SENTENCES, FieldError, Problem, field_errors, of_status, pointer
from tests.unit.kit import things
from tests.unit.kit.things import AUTHORIZED, client_of


def check(answer: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    """The document of a problem answer, its fixed parts asserted."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = answer.json()
    assert (document["status"], document["type"]) == (status, f"/problems/{slug}")
    assert document["title"]
    assert document["detail"]
    assert document["instance"] == answer.request.url.path
    assert len(document["trace_id"]) == 32
    return document


async def test_every_bad_field_is_listed_at_once_wherever_it_is() -> None:
    async with client_of(things.app(), AUTHORIZED) as client:
        answer = await client.post(
            "/api/things/v1/things/one?dry_run=perhaps",
            json={"name": "x1", "at": "2026-11-23T07:30:00", "parts": [{"count": 1}, {"count": 0}, {}]},
        )
    document = check(answer, 422, "validation")
    assert {error["pointer"]: error["detail"] for error in document["errors"]} == {
        "/path/number": "harus bilangan bulat",
        "/query/dry_run": "harus true atau false",
        "/body/name": "paling sedikit 3 karakter",
        "/body/at": "waktu harus menyebut selisih zonanya, contoh 2026-11-22T07:30:00+07:00",
        "/body/parts/1/count": "paling kecil 1",
        "/body/parts/2/count": "wajib diisi",
    }


async def test_a_rule_of_ours_speaks_for_itself() -> None:
    async with client_of(things.app(), AUTHORIZED) as client:
        answer = await client.post("/api/things/v1/things/1", json={"name": "abc1"})
    [error] = check(answer, 422, "validation")["errors"]
    assert error == {"pointer": "/body/name", "detail": "nama tidak boleh berisi angka"}


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b'{"name": ', "bukan JSON yang sah, mulai karakter ke-9"),
        (b"[]", "harus berupa objek JSON"),
        (b"", "wajib diisi"),
    ],
)
async def test_a_body_that_is_not_the_right_json_is_one_error_at_its_root(body: bytes, detail: str) -> None:
    async with client_of(things.app(), AUTHORIZED | {"Content-Type": "application/json"}) as client:
        answer = await client.post("/api/things/v1/things/1", content=body)
    assert check(answer, 422, "validation")["errors"] == [{"pointer": "/body", "detail": detail}]


async def test_a_body_in_broken_encoding_is_a_bad_request() -> None:
    async with client_of(things.app(), AUTHORIZED | {"Content-Type": "application/json"}) as client:
        check(await client.post("/api/things/v1/things/1", content=b'{"name": "\xff\xfe"}'), 400, "bad-request")


async def test_an_unforeseen_error_leaks_nothing() -> None:
    async with client_of(things.app(), AUTHORIZED) as client:
        answer = await client.get("/api/things/v1/boom")
    document = check(answer, 500, "internal")
    assert "hunter2" not in answer.text
    assert "RuntimeError" not in answer.text
    assert "errors" not in document


async def test_a_problem_of_a_service_goes_out_whole() -> None:
    async with client_of(things.app(), AUTHORIZED) as client:
        answer = await client.get("/api/things/v1/refused")
    document = check(answer, 409, "thing-busy")
    assert (document["title"], document["detail"]) == ("Sedang dipakai", "Tunggu.")
    assert document["errors"] == [{"pointer": "/body/name", "detail": "sudah ada"}]
    assert answer.headers["retry-after"] == "7"


async def test_an_unknown_path_and_a_wrong_method_are_problems() -> None:
    async with client_of(things.app(), AUTHORIZED) as client:
        check(await client.get("/nothing"), 404, "not-found")
        answer = await client.delete("/api/things/v1/boom")
        check(answer, 405, "method-not-allowed")
        assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("path", ["/api/things/v1/things/1", "/api/things/v1/nothing"])
async def test_a_body_over_the_limit_is_refused(announced: bool, path: str) -> None:
    async def chunks() -> Any:
        for _ in range(8):
            yield b"x" * 200

    async with client_of(things.app(), AUTHORIZED | {"Content-Type": "application/json"}) as client:
        answer = await client.post(path, content=b"x" * 1600 if announced else chunks())
    if not announced and path.endswith("nothing"):
        check(answer, 404, "not-found")  # nobody reads it, so nobody counts it
    else:
        check(answer, 413, "too-large")


async def test_a_body_at_the_limit_is_taken() -> None:
    async with client_of(things.app(), AUTHORIZED | {"Content-Type": "application/json"}) as client:
        body = b'{"name": "' + b"a" * (1024 - 12) + b'"}'
        assert len(body) == 1024
        assert (await client.post("/api/things/v1/things/1", content=body)).status_code == 200
        check(await client.post("/api/things/v1/things/1", content=body + b" "), 413, "too-large")


async def test_a_route_may_take_more_than_the_others() -> None:
    async with client_of(things.app(), AUTHORIZED) as client:
        assert (await client.post("/api/things/v1/uploads", json={"name": "a" * 5000})).status_code == 200
        check(await client.post("/api/things/v1/uploads", json={"name": "a" * 9000}), 413, "too-large")


async def test_openapi_declares_problems_with_their_media_type() -> None:
    async with client_of(things.app(), AUTHORIZED) as client:
        document = (await client.get("/api/things/v1/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    responses = document["paths"]["/api/things/v1/things/{number}"]["post"]["responses"]
    for status in ("401", "422", "500"):
        assert responses[status]["content"] == {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}
        }
    assert "application/json" in responses["200"]["content"]
    assert "HTTPValidationError" not in document["components"]["schemas"]


async def test_operation_ids_are_given_and_unique() -> None:
    async with client_of(things.app(), AUTHORIZED) as client:
        document = (await client.get("/api/things/v1/openapi.json")).json()
    ids = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert "add_thing" in ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("parts", "written"),
    [(["body", "a", 0, "b"], "/body/a/0/b"), (["a/b", "c~d"], "/a~1b/c~0d"), ([], "")],
)
def test_pointers_follow_rfc_6901(parts: list[str | int], written: str) -> None:
    assert pointer(parts) == written


def test_pointers_may_be_rooted_elsewhere() -> None:
    with pytest.raises(ValidationError) as wrong:
        things.Thing.model_validate({})
    assert field_errors(wrong.value.errors(), ["row", "7"]) == [FieldError("/row/7/name", "wajib diisi")]


def test_a_status_nobody_listed_is_the_general_problem_of_its_class() -> None:
    assert (of_status(418).status, of_status(418).slug) == (418, "bad-request")
    assert (of_status(502).status, of_status(502).slug) == (502, "internal")
    for status, (slug, *_) in BY_STATUS.items():
        assert (of_status(status).status, of_status(status).slug) == (status, slug)


def test_a_document_holds_text_as_it_is() -> None:
    body = Problem(400, "x", "Pé", "ñ").response("/p").body
    assert json.loads(bytes(body))["title"] == "Pé"
    assert "Pé".encode() in bytes(body)


class Everything(BaseModel):
    """One field for each kind of mistake."""

    s: str = Field(default="x", max_length=2)
    p: str = Field(default="x", pattern="^x")
    i: int = Field(default=1, gt=0, lt=10)
    j: int = Field(default=1, le=10)
    d: Decimal = Decimal(1)
    b: bool = True
    e: Literal["a", "b"] = "a"
    u: UUID | None = None
    m: Annotated[list[int], Field(min_length=1, max_length=2)] = [1]
    n: dict[str, int] = {}
    t: AwareDatetime | None = None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"s": "xxx"}, "paling banyak 2 karakter"),
        ({"s": 1}, "harus berupa teks"),
        ({"p": "y"}, "bentuknya tidak sesuai"),
        ({"i": 0}, "harus lebih dari 0"),
        ({"i": 10}, "harus kurang dari 10"),
        ({"i": 1.5}, "harus bilangan bulat"),
        ({"j": 11}, "paling besar 10"),
        ({"d": "x"}, "harus bilangan"),
        ({"b": "x"}, "harus true atau false"),
        ({"e": "c"}, "pilihan yang sah: 'a' atau 'b'"),
        ({"u": "x"}, "harus UUID"),
        ({"m": []}, "paling sedikit 1 butir"),
        ({"m": [1, 2, 3]}, "paling banyak 2 butir"),
        ({"m": 1}, "harus berupa daftar"),
        ({"n": []}, "harus berupa objek"),
        ({"t": "soon"}, "harus waktu RFC 3339, contoh 2026-11-22T07:30:00+07:00"),
    ],
)
def test_sentences_are_indonesian_and_say_what_is_right(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        Everything.model_validate(given)
    assert [error.detail for error in field_errors(wrong.value.errors())] == [sentence]


def test_a_mistake_without_a_sentence_is_still_reported() -> None:
    with pytest.raises(ValidationError) as wrong:
        TypeAdapter(bytes).validate_python(1)
    assert field_errors(wrong.value.errors()) == [FieldError("", "nilai ini tidak sah")]


def test_no_sentence_hides_an_error_behind_another() -> None:
    for kind in SENTENCES:
        assert field_errors([{"type": kind, "loc": ("a",), "msg": "", "input": None}])[0].detail


def test_a_rule_of_ours_says_it_in_its_own_words() -> None:
    """Pydantic's kinds have our sentences; a kind of our own brings its sentence along."""

    def fits(value: int) -> int:
        if value > 24:
            raise PydanticCustomError("over_a_day", "lebih dari {hours} jam", {"hours": 24})
        return value

    with pytest.raises(ValidationError) as refused:
        TypeAdapter(list[Annotated[int, AfterValidator(fits)]]).validate_python([30, "x"])
    assert field_errors(refused.value.errors()) == [
        FieldError("/0", "lebih dari 24 jam"),
        FieldError("/1", "harus bilangan bulat"),
    ]
