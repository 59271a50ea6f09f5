"""The figures of the reports: one module per report, each with `figures(session, aktor, period, per)`.

A figure sees the period up to the day of judgement: what is dated after `per` has not happened yet. Figures
are exact and not hidden (R12 comes when a report is put together); people with protected identity are counted
like everyone.
"""
