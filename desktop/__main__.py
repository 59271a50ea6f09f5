"""`egenvag`: arguments → window."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.app import App

MODES = {"ljust": "light", "mörkt": "dark", "system": "system"}


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, or draw the screens and end; returns the exit code."""
    arguments = _parse(sys.argv[1:] if argv is None else argv)
    if arguments.skarmbilder is not None:
        from desktop.cli_common import run_guarded
        from desktop.screenshots import draw_all

        return run_guarded(lambda: draw_all(arguments.skarmbilder, arguments.db))
    return _run_window(arguments)


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    from desktop.cli_common import Parser

    parser = Parser(prog="egenvag", description="Egenväg: från ekonomiskt bistånd till egen försörjning.")
    parser.add_argument("--db", metavar="REGISTER", help="registret: en fil eller en databasadress")
    parser.add_argument("--demo", action="store_true", help="öppna ett register med påhittade personer")
    parser.add_argument("--tema", choices=list(MODES), help="ljust, mörkt eller som datorn (system)")
    parser.add_argument(
        "--skarmbilder", metavar="MAPP", type=Path, help="rita alla skärmar till bilder utan att visa dem"
    )
    return parser.parse_args(argv)


def make_app() -> "tuple[QApplication, App]":
    """The program without a window yet."""
    # Before Qt: once PySide6 is there, its hook makes every further import slower.
    import db.queries.deltagare
    import db.queries.idag.lista
    import db.queries.idag.oversikt
    import db.queries.oppnad  # noqa: F401

    from PySide6.QtWidgets import QApplication  # isort: skip

    from desktop.app import App

    application = QApplication(["egenvag"])
    application.setApplicationName("Egenväg")
    return application, App(application)


def _run_window(arguments: argparse.Namespace) -> int:
    from db.places import own_register

    application, app = make_app()
    from desktop.theme import Mode

    app.install_crash_hook()
    mode = Mode(MODES[arguments.tema]) if arguments.tema else None
    if arguments.demo:
        app.start_demo()
    else:
        app.start(arguments.db or own_register(), named=arguments.db is not None, mode=mode)
    code = application.exec()
    app.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
