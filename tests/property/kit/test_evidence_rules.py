"""Whatever bytes come in the end is a known kind or a refusal with a reason, never an error of ours."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kit.evidence.models import Refused
from kit.evidence.rules import MOST_NAME, SUFFIXES, display_name, disposition, media_type
from tests.unit.kit.files import jpeg, object_stream, pdf, png

GOOD = (png(), jpeg(), pdf(), pdf(object_stream(b"<< /Type /Font >>")))
BEGINNINGS = (
    b"",
    b"\x89PNG\r\n\x1a\n",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"\xff\xd8\xff",
    b"%PDF-1.7\nstream\n",
    b"MZ",
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good file with a piece of it replaced."""
    data = draw(st.sampled_from(GOOD))
    start = draw(st.integers(0, len(data)))
    return data[:start] + draw(st.binary(max_size=40)) + data[start + draw(st.integers(0, 20)) :]


@settings(max_examples=400)
@given(st.one_of(damaged(), st.tuples(st.sampled_from(BEGINNINGS), st.binary()).map(b"".join)))
def test_any_bytes_are_known_or_refused_with_a_reason(data: bytes) -> None:
    assert _said(data)


def _said(data: bytes) -> str:
    try:
        return media_type(data)
    except Refused as refused:
        return str(refused)


@given(st.text(max_size=300), st.sampled_from(sorted(SUFFIXES)))
def test_any_name_becomes_one_that_a_header_can_carry(sent: str, kind: str) -> None:
    name = display_name(sent, kind)  # type: ignore[arg-type]
    assert 0 < len(name) <= MOST_NAME
    assert not set(name) & set("/\\\r\n\0")
    assert name.lower().endswith(SUFFIXES[kind])  # type: ignore[index]
    assert display_name(name, kind) == name  # type: ignore[arg-type]
    disposition(name).encode("latin-1")
