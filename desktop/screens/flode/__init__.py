"""The flow: who stands in which steg, for how long, who comes and goes."""
