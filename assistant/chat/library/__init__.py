"""The library tab: the papers in a table or on a map, one to read, files to add."""
