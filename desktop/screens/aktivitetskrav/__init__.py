"""The local aktivitetskrav: every followed ärende, how it stands, and who must act."""
