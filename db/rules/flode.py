"""The flow of inskrivningar through the steg (domain.md section 1).

A stegperiod is the day an inskrivning came to a steg; it stands there until the day it comes to the next, or
is avslutad. A day before the inskriven day counts as that day. Of several steg of one day the last in the
order of the flow counts: the others were only passed. Before its first steg an inskrivning stands in none.
Whoever is avslutad on a day is inskriven that day still, as in every figure of inskrivna.
"""

UTAN_STEG = "Utan steg"
UTAN_STEG_SLUG = "utan_steg"
