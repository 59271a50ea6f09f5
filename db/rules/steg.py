"""The steg of the flow in a new register (domain.md section 1); each municipality may change them."""

STANDARDSTEG = ("Aktualisering", "Kartläggning", "Planering", "Insats", "Matchning", "Uppföljning")
KARTLAGGNING = STANDARDSTEG[1]
