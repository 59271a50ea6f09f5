"""Avslut and what came of them: results, försörjning before and after, follow-ups, who is back."""
