"""Who must act: open work by those who answer for it, and handing it over."""
