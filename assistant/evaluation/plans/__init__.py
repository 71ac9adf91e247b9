"""Plans: the runs behind a page of results, and the thresholds that CI holds."""
