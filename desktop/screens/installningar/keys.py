"""What the drafts of the settings' forms are called."""

SCREEN = "installningar"
BIP, AKTIVITETSKRAV, OSA, RAPPORTER = "bip", "aktivitetskrav", "osa", "rapporter"


def form_key(key: str) -> str:
    """What a form is called among the drafts: "installningar/bip"."""
    return f"{SCREEN}/{key}"


def read_form_key(nyckel: str) -> str:
    """The form that a draft belongs to; empty where the draft is of another screen."""
    screen, _, key = nyckel.partition("/")
    return key if screen == SCREEN and key in (BIP, AKTIVITETSKRAV, OSA, RAPPORTER) else ""
