"""Adding and removing papers in the library tab."""
