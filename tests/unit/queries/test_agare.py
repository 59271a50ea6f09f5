"""Whose a row is: by which columns each table leads to a person."""

from db.queries import agare


def test_every_table_of_a_person_leads_there() -> None:
    agare._ways.cache_clear()  # or whoever asked first, on a worker thread, would have had it all
    ways = agare._ways()
    assert ways["anteckning"] == ("deltagare_id", "deltagare")
    assert ways["narvaro"] == ("insats_id", "insats")
    assert ways["planeringssteg"] == ("planering_id", "planering")
    assert "enhet" not in ways
