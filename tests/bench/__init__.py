"""Speed as ratios to a floor measured in the same run; never part of the test suite. See quality.md."""
