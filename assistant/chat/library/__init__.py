"""The library tab: the papers as a table or a map, one paper in full, uploads."""
