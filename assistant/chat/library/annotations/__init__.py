"""Tags, collections, notes and reading marks in the library tab."""
