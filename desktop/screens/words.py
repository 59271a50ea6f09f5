"""Words of the register as they are shown."""


def first_upper(text: str) -> str:
    """ "Arbetsträning" of "arbetsträning"; the rest stays: "OSA-anställning"."""
    return text[:1].upper() + text[1:]
