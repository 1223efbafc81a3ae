"""Making one mongod a replica set with its users; everything here may be done again and changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.local.errors import NotHealthy
from deploy.local.health import Probe, wait_until

REPLICA_SET = "kinerja"
UNAUTHORIZED = 13  # server error codes
ALREADY_INITIALIZED = 23


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


def settle(host: str, port: int, password: str | None, users: Sequence[User]) -> None:
    """Form the replica set and make the users, or make both agree with what is asked for now.

    Raises NotHealthy, naming the server's own words.
    """
    try:
        known = password is None or _has_root(host, port, password)
        _form_replica_set(host, port, password, may_reconfigure=known)
        wait_until(primary(host, port), seconds=30)
        if password is not None:
            if not known:
                _create_root(host, port, password)
            with _direct(host, port, password) as client:
                for user in users:
                    _ensure_user(client, user)
    except (PyMongoError, TimeoutError) as error:
        raise NotHealthy(f"the database on {host}:{port} could not be set up: {str(error)[:300]}") from error


def _create_root(host: str, port: int, password: str) -> None:
    """By the localhost exception: until the first user exists, a connection from this machine may make it."""
    with _direct(host, port, None) as client:
        try:
            client.admin.command("createUser", "root", pwd=password, roles=["root"])
        except OperationFailure as error:
            if error.code != UNAUTHORIZED:
                raise
            raise NotHealthy(
                "the database does not accept the kept password: credentials.json is not the one it was made with. "
                "Restore that file, or move the data folder away to begin anew"
            ) from error


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


def is_empty(host: str, port: int, password: str | None, *, database: str, collection: str) -> bool:
    """Nothing was ever written there."""
    with _direct(host, port, password) as client:
        return client[database][collection].find_one(projection=["_id"]) is None
