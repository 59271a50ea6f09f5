"""The people behind the rows of the reports, report by report; db.queries.rapport_personer opens them."""
