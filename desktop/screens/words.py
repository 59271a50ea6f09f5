"""Words of the register as they are shown."""


def first_upper(text: str) -> str:
    """ "Arbetsträning" of "arbetsträning"; the rest stays: "OSA-anställning"."""
    return text[:1].upper() + text[1:]


def first_lower(text: str) -> str:
    """ "möte" of "Möte"; an abbreviation stays: "BIP-svar"."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
