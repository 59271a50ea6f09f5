"""Uses a register without the right to write it. Run by the tests: REGISTER; prints JSON.

Rights mean nothing to root, so root becomes nobody, once everything is imported.
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from db import migrate
from db.aktor import SYSTEM
from db.backup import back_up
from db.errors import StoreError
from db.files import write_file
from db.session import open_store
from tests.helpers.factories import make_mote

NOBODY = 65_534


def edit(path: Path) -> None:
    with closing(open_store(path)) as store, store.unit_of_work(SYSTEM, "test") as work:
        make_mote(work.session)


def warm_up() -> None:
    """Import whatever is imported late, while we may still read it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register"
        migrate.create_store(path).close()
        edit(path)
        with closing(open_store(path)) as store:
            back_up(store, path.with_name("kopia"))


def said(act: Callable[[], object]) -> str:
    try:
        act()
    except StoreError as error:
        return error.message
    return ""


def main(path: Path) -> None:
    warm_up()
    if os.geteuid() == 0:
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
    answer = {
        "edit": said(lambda: edit(path)),
        "create": said(lambda: migrate.create_store(path.with_name("nytt"))),
        "write": said(lambda: write_file(path.with_name("ut.txt"), lambda stream: stream.write(b"x"))),
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
