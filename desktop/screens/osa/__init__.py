"""OSA: every placement, the decisions over time, the year's volume, and what it leads on to."""
