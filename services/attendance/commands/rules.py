"""Commands a terminal may be given, as the text it understands. Pure; devices.md section 1.5.

An allow-list: what is not here cannot be sent. CLEAR LOG and its kin destroy the only copy that was not acknowledged;
SHELL, PutFile, GetFile and UPGRADE are remote control.
"""

from datetime import datetime
from typing import Literal

Kind = Literal[
    "check", "log", "info", "reboot", "query_attlog", "verify_attlog", "set_time", "update_user", "delete_user"
]
# Asking again does no harm, so an unanswered one is asked again by itself.
REPEATABLE: frozenset[Kind] = frozenset({"check", "log", "info", "query_attlog", "verify_attlog", "set_time"})

_PLAIN: dict[Kind, str] = {"check": "CHECK", "log": "LOG", "info": "INFO", "reboot": "REBOOT"}
TIME = "%Y-%m-%d %H:%M:%S"


def clean(value: str) -> str:
    """A value that cannot end its field or its command: a name with TAB or LF would start a second one."""
    return "".join(" " if character in "\t\r\n\0" else character for character in value).strip()


def encoded_time(at: datetime) -> int:
    """The protocol's integer of a naive wall time (836033400 = 2026-01-05 07:30:00)."""
    days = (at.year - 2000) * 12 * 31 + (at.month - 1) * 31 + (at.day - 1)
    return days * 86_400 + at.hour * 3600 + at.minute * 60 + at.second


def text_of(kind: Kind, parameters: dict[str, str], wall_clock: datetime) -> str:
    """The command without its `C:<id>:`. `wall_clock` is the terminal's local time now, for set_time.

    `update_user` needs pin and name; the terminal replaces its whole record, so all fields are sent. Raises KeyError
    when a parameter is missing.
    """
    values = {name: clean(value) for name, value in parameters.items()}
    match kind:
        case "query_attlog":
            return f"DATA QUERY ATTLOG StartTime={values['start']}\tEndTime={values['end']}"
        case "verify_attlog":
            return f"VERIFY SUM ATTLOG StartTime={values['start']}\tEndTime={values['end']}"
        case "set_time":
            return f"SET OPTION DateTime={encoded_time(wall_clock)}"
        case "update_user":
            return (
                f"DATA UPDATE USERINFO PIN={values['pin']}\tName={values['name']}\tPri={values.get('privilege', '0')}"
                f"\tPasswd=\tCard={values.get('card', '')}\tGrp=1\tTZ=0000000100000000\tVerify=0\tViceCard="
            )
        case "delete_user":
            return f"DATA DELETE USERINFO PIN={values['pin']}"
        case _:
            return _PLAIN[kind]


RETURNS = {
    -1: "parameter salah atau tidak didukung",
    -2: "ukuran tidak sesuai",
    -3: "kesalahan baca/tulis",
    -9: "pegawai tidak ada di mesin",
    -10: "pegawai tidak ada di mesin",
    -1001: "kapasitas mesin penuh",
    -1002: "perintah tidak didukung atau salah bentuk",
    -1003: "waktu habis",
    -1004: "konfigurasi tidak sesuai",
    -1005: "mesin sedang sibuk",
}


def succeeded(returned: int) -> bool:
    """0, or a count above it."""
    return returned >= 0


def meaning(returned: int) -> str:
    """A return value in words, for the operator."""
    return "berhasil" if succeeded(returned) else RETURNS.get(returned, f"gagal dengan kode {returned}")
