"""The work lists of the day, computed from dates: nothing here is a task that somebody wrote down."""
