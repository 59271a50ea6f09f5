"""The parts of the main window: rail, top bar, command box, toasts, status bar. No domain here."""
