"""The desk of Elin, who opens the demo: about forty people of her own, and something to do for some."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, repeat
from random import Random

from db.demo.flow import Case
from db.demo.insatser import Plan, Planned
from db.demo.people import ELIN
from db.rules.insatstyper import OSA_ANSTALLNING
from db.rules.koder import Skydd, Utfall

OWN = 38
ONE_IN = 9  # of the people in a small register


@dataclass(frozen=True, slots=True)
class Story:
    """A person of Elin's. `beslut` is days before the day of the register, below 0: still to come.

    `plan` None: insatser as for anyone. `mote` is a time on the day itself.
    """

    beslut: int
    plan: Plan | None = None
    mote: str = ""
    undantag: tuple[int, int] | None = None
    skyddad: Skydd = Skydd.NEJ


KARTLAGGNING = Planned("kartläggning", -60, 6)  # does not count as activity
IDLE: Plan = (KARTLAGGNING,)
# In the order in which a small register gets them.
STORIES = (
    Story(17, IDLE),  # the frist passed three days ago
    Story(12, IDLE),  # two days left
    Story(140, mote="09:00"),
    Story(210, skyddad=Skydd.SEKRETESSMARKERING),
    Story(11, IDLE, mote="10:30"),  # three days left
    Story(160, (Planned("praktik", -80, 4),)),  # goes out in four days
    Story(24, IDLE),  # passed ten days ago
    Story(120, (Planned("jobbsökaraktivitet", -115, -9, -9),)),  # without activity for nine days
    Story(-6, mote="13:00"),  # waits for the beslut
    Story(430, (Planned(OSA_ANSTALLNING, -330, 34, beslut_till=34),)),
    Story(20, IDLE, undantag=(-15, 9)),
    Story(14, IDLE),  # the last day
    Story(200, (Planned("arbetsträning", -120, -6),), mote="14:30"),  # should have ended six days ago
    Story(7, IDLE),
    Story(190, (Planned("språkpraktik", -130, 25), Planned("sfi", -150, 200))),
    Story(13, IDLE),  # one day left
    Story(90, mote="11:00"),
)


def own_places(deltagare: int) -> dict[int, Story | None]:
    """Which people of the register, by their place in it, are Elin's; None: nothing special about them."""
    own = min(OWN, max(1, deltagare // ONE_IN))
    # Every second first, so that the stories do not stand together in the order of ids.
    places = (*range(0, own, 2), *range(1, own, 2))
    stories = chain(STORIES, repeat(None))
    return {place * deltagare // own: story for place, story in zip(places, stories, strict=False)}


def make_case(rng: Random, per: date, story: Story | None) -> Case:
    """An open case of Elin's as the story tells it, or one that began some time this last year."""
    if story is None:
        story = Story(rng.randint(25, 330))
    beslut = per - timedelta(days=story.beslut)
    ansokan = beslut - timedelta(days=rng.randint(7, 13))
    undantag = None
    if story.undantag:
        fran, till = story.undantag
        undantag = per + timedelta(days=fran), per + timedelta(days=till)
    return Case(ansokan, beslut, Utfall.BIFALL, ELIN, open=True, plan=story.plan, undantag=undantag)
