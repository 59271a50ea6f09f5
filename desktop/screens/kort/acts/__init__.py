"""Every act on the card by name, a module for each part of the card. A form's module is imported when it is
first opened."""

from functools import partial
from typing import TYPE_CHECKING

from db.queries.card_rows import Card
from desktop.screens.kort.acts import bistand, dokument, insatser, inskrivning, osa, person, planering
from desktop.screens.kort.acts.opener import Opener
from desktop.screens.kort.page import Akt

if TYPE_CHECKING:
    from desktop.screens.kort.presenter import KortScreen


def _ta_bort(tabell: str, screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from desktop.screens.formular.borttagning import remove

    assert akt.id is not None
    remove(screen, screen.context, tabell, akt.id, screen.view.show_page)
    return None


# Those that need a person who is inskriven now.
ENROLLED = {"ny_insats", "kopiera_insats", "avslut", "planering", "bip", "stall_i_ko"}
# Those that show what a masked card hides: it is opened first, with a reason.
REVEALING = {
    "andra_osa_beslut", "andra_osa_uppfoljning", "uppgifter", "hushall", "sla_ihop", "dela", "insats",
    "kopiera_insats", "mote", "kopiera_mote", "andra_ko",
}  # fmt: skip
REMOVABLE = ("insats", "mote", "planering", "inskrivning", "arende")
ACTS: dict[str, Opener] = {
    **insatser.ACTS,
    **planering.ACTS,
    **dokument.ACTS,
    **osa.ACTS,
    **inskrivning.ACTS,
    **person.ACTS,
    **bistand.ACTS,
    **{f"ta_bort_{tabell}": partial(_ta_bort, tabell) for tabell in REMOVABLE},
}
