"""Edits a register whose files may grow no more. Run by the tests: REGISTER BYTES_LEFT; prints JSON."""

import json
import resource
import signal
import sys
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from db.aktor import SYSTEM
from db.backup import back_up
from db.errors import StoreError
from db.maintenance import check_register
from db.models import Deltagare
from db.session import Store, open_store
from tests.helpers.factories import make_deltagare

MOST = 400


def fill(store: Store) -> tuple[list[str], str]:
    """Register people until the disk is full; what was acknowledged, and the sentence that ended it."""
    done: list[str] = []
    try:
        for number in range(MOST):
            with store.unit_of_work(SYSTEM, "test") as work:
                make_deltagare(work.session, nummer=f"D{number}", personnummer=None)
            done.append(f"D{number}")
    except StoreError as error:
        return done, error.message
    return done, ""


def main(path: Path, left: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    copy = path.with_name("kopia.egenvag")
    backup_said = ""
    with closing(open_store(path)) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (left, hard))
        done, said = fill(store)
        try:
            back_up(store, copy)
        except StoreError as error:
            backup_said = error.message
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        left_over = sorted(file.name for file in path.parent.iterdir() if "tmp" in file.name)
    with closing(open_store(path)) as store:
        with store.read(SYSTEM) as session:
            there = list(session.execute(select(Deltagare.nummer).order_by(Deltagare.id)).scalars())
        faults = [fault.text for fault in check_register(store, SYSTEM)]
        with store.unit_of_work(SYSTEM, "test") as work:
            make_deltagare(work.session, nummer="efteråt", personnummer=None)
    answer = {"done": done, "said": said, "there": there, "faults": faults, "left_over": left_over}
    json.dump(answer | {"backup_said": backup_said, "backup": copy.exists()}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
