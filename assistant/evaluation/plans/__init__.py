"""Plans: the runs behind a results page, and the thresholds that CI checks."""
