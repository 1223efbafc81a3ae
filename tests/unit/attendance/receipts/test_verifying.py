"""A receipt in the hands of an employee: what it proves, and every way in which it does not."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deploy.local.program import ROOT
from services.attendance.receipts.__main__ import main
from services.attendance.receipts.hashing import canonical
from services.attendance.receipts.models import MOST_BYTES, NotAReceipt, Receipt
from services.attendance.receipts.signing import BadKey, Signer, key_id_of, pem_of, public_keys
from services.attendance.receipts.verifying import misfits
from tests.unit.attendance.receipts.making import KNOWN, NOON, punch, receipts, sealed, signer

OTHER = Signer.of("TM0Imyj/ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U+4pvs=")  # RFC 8032 section 7.1, test 2
KEYS = {signer().key_id: signer().public}


@pytest.fixture
def receipt() -> Receipt:
    links, _ = sealed([punch(number) for number in range(5)])
    return receipts(links)[f"{3:032x}"]


def changed(receipt: Receipt, *where: str, to: Any) -> Receipt:
    value = receipt.model_dump()
    inner = value
    for name in where[:-1]:
        inner = inner[name]
    inner[where[-1]] = to
    return Receipt.model_validate(value)


def test_the_known_key_is_that_of_rfc_8032() -> None:
    assert signer().public.public_bytes_raw().hex() == (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    )
    # printf d75a…511a | xxd -r -p | sha256sum
    assert signer().key_id == "21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9"


def test_what_was_sealed_verifies(receipt: Receipt) -> None:
    assert misfits(receipt, KEYS) == []
    assert Receipt.read(canonical(receipt.model_dump())) == receipt


@pytest.mark.parametrize(
    ("where", "to", "told"),
    [
        (("punch", "occurred_at"), "2026-11-23T00:29:03Z", "Isi presensi"),
        (("punch", "employee_id"), "emp-2", "Isi presensi"),
        (("punch", "site_id"), "site-b", "Isi presensi"),
        (("recorded_at",), "2026-11-23T05:00:01Z", "Isi presensi"),
        (("salt",), "0" * 32, "Isi presensi"),
        (("index",), 2, "Isi presensi"),
        (("index",), 5, "Isi presensi"),
        (("path",), [], "Isi presensi"),
        (("head", "root"), "0" * 64, "Tanda tangan"),
        (("head", "day"), "2026-11-22", "Tanda tangan"),
        (("head", "number"), 2, "Tanda tangan"),
        (("head", "first"), 1, "Tanda tangan"),
        (("head", "previous"), "1" * 64, "Tanda tangan"),
        (("head", "closing"), True, "Tanda tangan"),
        (("head", "sealed_at"), "2026-11-23T05:00:01Z", "Tanda tangan"),
        (("head", "key_id"), OTHER.key_id, "kunci"),
        (("signature",), "0" * 128, "Tanda tangan"),
    ],
)
def test_whatever_was_changed_is_named(receipt: Receipt, where: tuple[str, ...], to: Any, told: str) -> None:
    found = misfits(changed(receipt, *where, to=to), KEYS)
    assert found
    assert told in found[0]


def test_another_key_proves_nothing_under_the_name_of_ours(receipt: Receipt) -> None:
    head = receipt.head
    forged = receipt.model_copy(update={"signature": OTHER.sign(head)})
    assert misfits(forged, KEYS)
    assert misfits(forged, {head.key_id: OTHER.public}) == [], "or the test proves nothing: only the key differs"


def test_a_receipt_is_read_strictly(receipt: Receipt) -> None:
    value = receipt.model_dump()
    for wrong in (
        {**value, "more": 1},
        {**value, "index": 3.0},
        {**value, "index": True},
        {**value, "signature": value["signature"].upper()[:-1] + "A"},
        {**value, "format": "kinerja-receipt-2"},
        {key: one for key, one in value.items() if key != "salt"},
        {**value, "head": {**value["head"], "sealed_at": "kemarin"}},
    ):
        with pytest.raises(NotAReceipt):
            Receipt.read(json.dumps(wrong).encode())
    whole = canonical(value)
    for data in (b"", b"[]", b"\xff", whole[:-1], whole.replace(b'"index":3', b'"index":3,"index":3')):
        with pytest.raises(NotAReceipt):
            Receipt.read(data)
    with pytest.raises(NotAReceipt):
        Receipt.read(whole + b" " * MOST_BYTES)
    with pytest.raises(NotAReceipt):
        Receipt.read(b"[" * 60_000)


def test_keys_are_told_from_what_is_none() -> None:
    assert set(public_keys([pem_of(signer().public).encode() + pem_of(OTHER.public).encode()])) == {
        signer().key_id,
        OTHER.key_id,
    }
    assert key_id_of(OTHER.public) == OTHER.key_id
    for text in (b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"):
        with pytest.raises(BadKey):
            public_keys([text])
    for secret in ("x", "-----BEGIN PRIVATE KEY-----", "AAAA"):
        with pytest.raises(BadKey) as told:
            Signer.of(secret)
        assert secret not in str(told.value)


def files(folder: Path, receipt: Receipt) -> list[str]:
    (folder / "tanda-terima.json").write_bytes(canonical(receipt.model_dump()))
    (folder / "kunci.pem").write_text(pem_of(signer().public))
    return ["verify", str(folder / "tanda-terima.json"), "--key", str(folder / "kunci.pem")]


def test_the_command_says_what_is_proven(receipt: Receipt, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(files(tmp_path, receipt)) == 0
    told = capsys.readouterr().out
    for word in (f"{3:032x}", "emp-1", "2026-11-23 07:31:03 Asia/Jakarta", "site-a", "mesin presensi SN1", "urutan 4"):
        assert word in told
    assert "Tercatat       2026-11-23 12:00:00 Asia/Jakarta" in told


def test_the_command_says_what_does_not_fit(
    receipt: Receipt, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(files(tmp_path, changed(receipt, "punch", "occurred_at", to="2026-11-23T00:00:00Z"))) == 1
    assert "TIDAK COCOK" in capsys.readouterr().out
    words = files(tmp_path, receipt)
    Path(words[1]).write_text('{"\x1b[2J": 1}')
    assert main(words) == 1
    told = capsys.readouterr().out
    assert "TIDAK DAPAT DIPERIKSA" in told
    assert "\x1b" not in told, "a hostile file moves no cursor"
    assert main(["verify", str(tmp_path / "none.json"), "--key", words[3]]) == 1
    assert "none.json" in capsys.readouterr().out


def test_the_command_needs_no_network_no_database_and_no_settings(receipt: Receipt, tmp_path: Path) -> None:
    words = files(tmp_path, receipt)
    alone = (
        "import socket, sys, runpy\n"
        "def refuse(*a, **k): raise SystemExit('a connection was tried')\n"
        "socket.socket.connect = refuse; socket.getaddrinfo = refuse\n"
        "sys.argv = ['verify', *sys.argv[1:]]\n"
        "runpy.run_module('services.attendance.receipts', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", alone, *words], cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("COCOK.")


def test_a_pem_is_a_signing_key_as_well() -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    assert Signer.of(text).key_id == key_id_of(key.public_key())
    assert Signer.of(KNOWN + "\n").key_id == signer().key_id


def test_sealed_later_is_said(receipt: Receipt) -> None:
    links, _ = sealed([punch(1)], now=NOON + timedelta(days=2))
    assert receipts(links)[f"{1:032x}"].head.sealed_at == "2026-11-25T05:00:00Z"
